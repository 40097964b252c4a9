import type { ReceivedRecord } from '../log/event-log.js';
import { TrainBudget } from '../log/train-budget.js';
import type { TrainLimits } from '../log/train-loop.js';
import type { LogStore, Range } from './log-store.js';

const EMPTY: Range = { earliest: 0, latest: 0 };

/** Reads on in the partitions of one subscription, each from where it was placed. */
export class PartitionReader {
  /** The next offset to deliver of each placed partition; its order is whose turn it is. */
  private readonly cursors = new Map<number, { next: number }>();

  constructor(
    private readonly store: LogStore,
    private readonly topic: string,
  ) {}

  place(partition: number, offset: number): void {
    this.cursors.set(partition, { next: offset });
  }

  drop(partitions: readonly number[]): void {
    for (const partition of partitions) this.cursors.delete(partition);
  }

  clear(): void {
    this.cursors.clear();
  }

  rangeOf(partition: number): Range {
    return this.store.topic(this.topic)?.ranges[partition] ?? EMPTY;
  }

  hasMore(): boolean {
    return [...this.cursors].some(([partition, { next }]) => next < this.rangeOf(partition).latest);
  }

  async read(limits: TrainLimits): Promise<ReceivedRecord[]> {
    const budget = new TrainBudget(limits);
    const train: ReceivedRecord[] = [];
    for (const [partition, cursor] of [...this.cursors]) {
      const { earliest, latest } = this.rangeOf(partition);
      if (cursor.next >= latest) continue;
      const { records, full } = await this.store.read(this.topic, partition, Math.max(cursor.next, earliest), budget);
      // Taken away or placed elsewhere while it was read: what was read is not ours to deliver.
      if (this.cursors.get(partition) !== cursor) continue;
      train.push(...records);
      if (full && records.length === 0) break;
      // Nothing, though there was room: retention was faster than this reader.
      this.passTurn(partition, cursor, records.at(-1)?.offset ?? latest - 1);
      if (full) break;
    }
    // One that was read early may have been dropped while a later one was read.
    return train.filter(({ partition }) => this.cursors.has(partition));
  }

  /** Who has just had his turn is the last in the next. */
  private passTurn(partition: number, cursor: { next: number }, last: number): void {
    cursor.next = last + 1;
    this.cursors.delete(partition);
    this.cursors.set(partition, cursor);
  }
}
