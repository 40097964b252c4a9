import type { ClientSession, Collection } from 'mongodb';
import type { CollectionSpec, Database } from '#storage';
import { mappingStorageErrors } from '#storage';
import { idsOf, toDocument, type OutboxDocument } from './outbox.document.js';
import type { OutboxEntry } from './outbox.js';

/** An entry as it waits, under the id of its document. */
export type WaitingEntry = OutboxDocument;

/** One look at what waits. */
export interface StalePage {
  entities: string[];
  /** Where the next look begins; at the beginning again after the end. */
  next: string;
}

export const FIRST_ENTRY = '';
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

  /**
   * Entities with entries from before `time`, up to a bound, from behind the document id `after` on: entries that can't be relayed must
   * not hide those behind them. Reads all that waits, which is little: whoever adds also flushes.
   */
  async entitiesWaitingSince(time: number, after: string): Promise<StalePage> {
    const stale = await this.collection
      .find({ _id: { $gt: after }, created_at: { $lt: new Date(time) } })
      .sort({ _id: 1 })
      .project<Pick<OutboxDocument, '_id' | 'entity'>>({ entity: 1 })
      .limit(MAX_STALE)
      .toArray();
    const last = stale.length < MAX_STALE ? undefined : stale.at(-1);
    return { entities: [...new Set(stale.map(({ entity }) => entity))], next: last?._id ?? FIRST_ENTRY };
  }

  /** Resolves when a majority read sees them no more: sooner, the next flush would find and repeat them. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.collection.deleteMany({ _id: { $in: [...ids] } });
  }
}
