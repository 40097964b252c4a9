import { deferred } from '#kernel';
import { type ReceivedRecord, recordBytes, Signal, TrainBudget, type TrainLimits } from '#bus';

/** A buffer holds this many trains, so that the next is there when one ends. */
const TRAINS_AHEAD = 2;

interface Part {
  records: ReceivedRecord[];
  /** The offset that the next fetched record is expected to have. */
  next: number;
}

export type Pushed = 'taken' | 'closed' | 'movedBack';

/** Fetched records on their way to the trains: per partition in order, bounded over all of them. */
export class FetchBuffer {
  readonly arrivals = new Signal();
  /** The open partitions; their order is whose turn it is. */
  private readonly parts = new Map<number, Part>();
  private records = 0;
  private bytes = 0;
  private room = deferred();

  constructor(private readonly limits: TrainLimits) {}

  /** From now on the records from `offset` on are taken in; anything the partition had is gone. */
  open(partition: number, offset: number): void {
    this.close([partition]);
    this.parts.set(partition, { records: [], next: offset });
  }

  /** The records of these partitions are dropped, and refused until they are opened again. */
  close(partitions: Iterable<number>): void {
    for (const partition of partitions) {
      for (const record of this.parts.get(partition)?.records ?? []) this.count(record, -1);
      this.parts.delete(partition);
    }
    this.makeRoom();
  }

  closeAll(): void {
    this.close([...this.parts.keys()]);
  }

  /** Adds what was fetched. Records below the expected offset are dropped; `movedBack` when the whole log ends below it. */
  push(partition: number, fetched: readonly ReceivedRecord[], end: number): Pushed {
    const part = this.parts.get(partition);
    if (!part) return 'closed';
    if (end < part.next) return 'movedBack';
    for (const record of fetched) {
      if (record.offset < part.next) continue;
      part.records.push(record);
      part.next = record.offset + 1;
      this.count(record, 1);
    }
    this.arrivals.notify();
    return 'taken';
  }

  get full(): boolean {
    return this.records >= TRAINS_AHEAD * this.limits.maxRecords || this.bytes >= TRAINS_AHEAD * this.limits.maxBytes;
  }

  hasMore(): boolean {
    return this.records > 0;
  }

  /** Resolves when there is room again. */
  hasRoom(): Promise<void> {
    return this.full ? this.room.promise : Promise.resolve();
  }

  take(limits: TrainLimits): ReceivedRecord[] {
    const budget = new TrainBudget(limits);
    const train: ReceivedRecord[] = [];
    for (const [partition, part] of [...this.parts]) {
      if (part.records.length === 0) continue;
      const refused = part.records.findIndex((record) => !budget.admits(record));
      const taken = part.records.splice(0, refused < 0 ? part.records.length : refused);
      for (const record of taken) this.count(record, -1);
      train.push(...taken);
      if (taken.length > 0) this.passTurn(partition, part);
      if (refused >= 0) break;
    }
    this.makeRoom();
    return train;
  }

  private passTurn(partition: number, part: Part): void {
    this.parts.delete(partition);
    this.parts.set(partition, part);
  }

  private count(record: ReceivedRecord, sign: 1 | -1): void {
    this.records += sign;
    this.bytes += sign * recordBytes(record);
  }

  private makeRoom(): void {
    if (this.full) return;
    this.room.resolve();
    this.room = deferred();
  }
}
