import type { Document, Filter } from 'mongodb';
import type { CollectionSpec, Database } from '#storage';
import { steadily } from './steadily.js';

/** The ids of a collection, page by page: by its index alone, which costs the server next to nothing. */
export async function* idPages<Id>(database: Database, spec: CollectionSpec, limit: number, from?: Id, below?: Id): AsyncGenerator<Id[]> {
  let after: { $gte: Id } | { $gt: Id } | undefined = from === undefined ? undefined : { $gte: from };
  for (;;) {
    const filter = { ...(after && { _id: { ...after, ...(below !== undefined && { $lt: below }) } }) } as Filter<Document>;
    const query = () => database.collection(spec).find(filter).project<{ _id: Id }>({ _id: 1 }).sort({ _id: 1 }).limit(limit).toArray();
    const found = await steadily(query);
    const ids = found.map(({ _id }) => _id);
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    if (ids.length < limit) return;
    after = { $gt: last };
  }
}
