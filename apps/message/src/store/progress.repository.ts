import type { Collection } from 'mongodb';
import type { Database, Transaction } from '#storage';
import { PROGRESS } from './message.collections.js';
import type { ProgressDocument } from './progress.document.js';

export interface Progress {
  log: string;
  epoch: number;
  offset: number;
}

export interface ProgressStep {
  partition: number;
  /** Where it must stand. */
  from: number;
  /** Where it stands after the train. */
  to: number;
}

/** How far each partition of the inbound log is decided. */
export class ProgressRepository {
  private readonly collection: Collection<ProgressDocument>;

  constructor(
    database: Database,
    private readonly topic: string,
  ) {
    this.collection = database.collection(PROGRESS);
  }

  /** Of a partition that was never worked on: the beginning of the log that is here now. */
  async loadOrBegin(partition: number, log: string): Promise<Progress> {
    const document = await this.collection.findOneAndUpdate(
      { _id: this.id(partition) },
      { $setOnInsert: { log, epoch: 0, offset: 0 } },
      { upsert: true, returnDocument: 'after' },
    );
    if (!document) throw new Error(`progress of partition ${partition} was neither found nor made`);
    return document;
  }

  /** Of those of these partitions that were worked on. */
  async load(partitions: readonly number[]): Promise<Map<number, Progress>> {
    const ids = new Map(partitions.map((partition) => [this.id(partition), partition]));
    const found = await this.collection.find({ _id: { $in: [...ids.keys()] } }).toArray();
    return new Map(found.map(({ _id, log, epoch, offset }) => [ids.get(_id) ?? -1, { log, epoch, offset }]));
  }

  /** Compare-and-set of all partitions of a train; false when any of them stands elsewhere. */
  async advance(transaction: Transaction, steps: readonly ProgressStep[]): Promise<boolean> {
    const operations = steps.map(({ partition, from, to }) => ({
      updateOne: { filter: { _id: this.id(partition), offset: from }, update: { $set: { offset: to } } },
    }));
    const { matchedCount } = await this.collection.bulkWrite(operations, { session: transaction });
    return matchedCount === steps.length;
  }

  /** Takes another log for the one whose offsets were counted so far: its records are new ones, whatever their offsets. */
  async adopt(partition: number, log: string, offset: number): Promise<void> {
    await this.collection.updateOne({ _id: this.id(partition) }, { $set: { log, offset }, $inc: { epoch: 1 } }, { upsert: true });
  }

  private id(partition: number): string {
    return `${this.topic}/${partition}`;
  }
}
