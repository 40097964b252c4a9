import type { ClientSession, Collection } from 'mongodb';
import type { CollectionSpec, Database } from '#storage';
import { mappingStorageErrors } from '#storage';
import { idsOf, toDocument, type OutboxDocument } from './outbox.document.js';
import type { OutboxEntry } from './outbox.js';

/** An entry as it waits, under the id of its document. */
export type WaitingEntry = OutboxDocument;

const MAX_STALE = 1000;

export class OutboxRepository {
  private readonly collection: Collection<OutboxDocument>;

  constructor(database: Database, spec: CollectionSpec<OutboxDocument>) {
    this.collection = database.collection(spec);
  }

  async add(session: ClientSession, entries: readonly OutboxEntry[], now: number): Promise<void> {
    if (entries.length === 0) return;
    await this.collection.insertMany(
      entries.map((entry) => toDocument(entry, now)),
      { session },
    );
  }

  /**
   * Everything that waits for the entity, in its order. As versions rise within the transactions that add entries, none below a
   * committed one can still come.
   */
  waitingFor(entity: string): Promise<WaitingEntry[]> {
    return mappingStorageErrors(() =>
      this.collection
        .find({ _id: idsOf(entity), entity })
        .sort({ _id: 1 })
        .toArray(),
    );
  }

  /** Entities with entries from before `time`, up to a bound. Reads all that waits, which is little: whoever adds also flushes. */
  async entitiesWaitingSince(time: number): Promise<string[]> {
    const stale = await this.collection
      .find({ _id: { $gte: '' }, created_at: { $lt: new Date(time) } })
      .sort({ _id: 1 })
      .project<Pick<OutboxDocument, 'entity'>>({ entity: 1 })
      .limit(MAX_STALE)
      .toArray();
    return [...new Set(stale.map(({ entity }) => entity))];
  }

  /** Resolves when a majority read sees them no more: sooner, the next flush would find and repeat them. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.collection.deleteMany({ _id: { $in: [...ids] } });
  }
}
