import { MongoServerError } from 'mongodb';
import type { Documents, Plain, PlainDocument } from './documents.js';
import { updateDocument, type Update } from './update-document.js';

/** A call of the driver, without its binaries. */
export interface DatabaseRequest {
  collection: string;
  method: 'find' | 'findOne' | 'findOneAndUpdate' | 'bulkWrite' | 'insertMany';
  args: Plain[];
}

type WriteMethod = Exclude<DatabaseRequest['method'], 'find' | 'findOne'>;
type Filter = PlainDocument;
type BulkOperation = { updateOne: { filter: Filter; update: Update; upsert?: boolean } } | { insertOne: { document: PlainDocument } };

const DUPLICATE_KEY = 11000;
const TOO_LARGE = 10334;

/** MongoDB's documents, and what the message path does to them; it changes what it is given, so give it a copy. */
export class DocumentStore {
  constructor(readonly documents: Documents) {}

  execute({ collection, method, args }: DatabaseRequest): Plain {
    if (method === 'find' || method === 'findOne') return read(this.documents[collection] ?? {}, method, args);
    const documents = (this.documents[collection] ??= {});
    try {
      return write(documents, method, args);
    } finally {
      // A write that found nothing leaves no collection behind: one without documents is the same as none.
      if (Object.keys(documents).length === 0) Reflect.deleteProperty(this.documents, collection);
    }
  }
}

function write(documents: Record<string, PlainDocument>, method: WriteMethod, [first, second]: Plain[]): Plain {
  switch (method) {
    case 'findOneAndUpdate':
      upsert(documents, first as Filter, second as Update);
      return matching(documents, first as Filter)[0] ?? null;
    case 'bulkWrite':
      return bulkWrite(documents, first as unknown as BulkOperation[]);
    case 'insertMany':
      for (const document of first as PlainDocument[]) insert(documents, document);
      return null;
  }
}

function read(documents: Record<string, PlainDocument>, method: 'find' | 'findOne', [filter, options]: Plain[]): Plain {
  const found = matching(documents, filter as Filter);
  return method === 'find' ? found : sliced(found[0], options);
}

/** Only the projection that the message path uses: `{ projection: { msgs: { $slice: [skip, limit] } } }`. */
function sliced(document: PlainDocument | undefined, options: Plain | undefined): Plain {
  if (!document || options === undefined) return document ?? null;
  const { projection } = options as { projection: Record<string, { $slice: [number, number] }> };
  const fields = Object.entries(projection).map(
    ([
      field,
      {
        $slice: [skip, limit],
      },
    ]) => {
      const list = document[field];
      return [field, Array.isArray(list) ? list.slice(skip, skip + limit) : (list ?? null)] as const;
    },
  );
  return { ...document, ...Object.fromEntries(fields) };
}

function bulkWrite(documents: Record<string, PlainDocument>, operations: readonly BulkOperation[]): Plain {
  if (JSON.stringify(operations).includes(CURSE)) throw new MongoServerError({ message: 'the document is too large', code: TOO_LARGE });
  const result = { matchedCount: 0, insertedCount: 0 };
  for (const operation of operations) {
    if ('insertOne' in operation) {
      insert(documents, operation.insertOne.document);
      result.insertedCount += 1;
      continue;
    }
    const { filter, update } = operation.updateOne;
    const [found] = matching(documents, filter);
    if (found) updateDocument(found, update, 'found');
    else if (operation.updateOne.upsert) upsert(documents, filter, update);
    if (found) result.matchedCount += 1;
  }
  return result;
}

function upsert(documents: Record<string, PlainDocument>, filter: Filter, update: Update): void {
  const [found] = matching(documents, filter);
  if (found) {
    updateDocument(found, update, 'found');
    return;
  }
  const document = { ...filter };
  updateDocument(document, update, 'inserted');
  insert(documents, document);
}

/** What the content of a message holds that MongoDB refuses whenever it is written. */
export const CURSE = 'cursed';

function insert(documents: Record<string, PlainDocument>, document: PlainDocument): void {
  const id = document._id as string;
  if (id in documents)
    throw new MongoServerError({ message: `E11000 duplicate key error index: _id_ dup key: ${id}`, code: DUPLICATE_KEY });
  documents[id] = document;
}

function matching(documents: Record<string, PlainDocument>, filter: Filter): PlainDocument[] {
  return Object.values(documents).filter((document) =>
    Object.entries(filter).every(([field, wanted]) => {
      const value = document[field] ?? null;
      const list = typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted) ? wanted.$in : undefined;
      return Array.isArray(list) ? list.includes(value) : value === wanted;
    }),
  );
}
