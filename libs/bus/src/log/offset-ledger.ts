import { type Deferred, deferred } from '#kernel';
import type { Train } from './event-log.js';

interface Entry {
  /** The next offset to handle: everything between where the partition was placed and this has been handled. */
  handled: number;
  /** As far as this subscription has committed, or need not: beyond `handled` while a train runs that was committed ahead. */
  committed: number;
}

interface Waiter {
  targets: Map<number, number>;
  done: Deferred<void>;
}

/** How far each assigned partition of a subscription has been handled and committed. */
export class OffsetLedger {
  private readonly entries = new Map<number, Entry>();
  /** What the partitions of the running train were when it departed; one of them may be placed anew meanwhile. */
  private departed = new Map<number, Entry | undefined>();
  private readonly waiters = new Set<Waiter>();

  place(partition: number, offset: number): void {
    this.entries.set(partition, { handled: offset, committed: offset });
    this.settle();
  }

  forget(partitions: readonly number[]): void {
    for (const partition of partitions) {
      this.entries.delete(partition);
      for (const waiter of this.waiters) waiter.targets.delete(partition);
    }
    this.settle();
  }

  /** A train departs; it is the only one until it is `handled` or rejected. */
  depart(train: Train): void {
    this.departed = new Map(train.records.map(({ partition }) => [partition, this.entries.get(partition)]));
  }

  /** The partitions of the departed train that are still as they were then. Of the others, its outcome says nothing. */
  unmoved(): number[] {
    return [...this.departed]
      .filter(([partition, entry]) => entry && entry === this.entries.get(partition))
      .map(([partition]) => partition);
  }

  /** The departed train was handled: its unmoved partitions are committable up to its end. */
  handled(train: Train): void {
    const unmoved = new Set(this.unmoved());
    for (const { partition, offset } of train.records) {
      const entry = this.entries.get(partition);
      if (!entry || !unmoved.has(partition)) continue;
      entry.handled = offset + 1;
    }
    this.settle();
  }

  /** What is handled and not committed yet: the next offset by partition. */
  uncommitted(): Map<number, number> {
    const behind = [...this.entries].filter(([, { handled, committed }]) => handled > committed);
    return new Map(behind.map(([partition, entry]) => [partition, entry.handled]));
  }

  committed(offsets: ReadonlyMap<number, number>): void {
    for (const [partition, offset] of offsets) {
      const entry = this.entries.get(partition);
      // Placed below it meanwhile: what was committed is no longer what was handled.
      if (entry && entry.handled >= offset) entry.committed = Math.max(entry.committed, offset);
    }
  }

  /** What the departed train will have handled: the next offset by partition. Undefined when one of its partitions has moved. */
  ahead(train: Train): Map<number, number> | undefined {
    if (this.unmoved().length < this.departed.size) return undefined;
    return new Map(train.records.map(({ partition, offset }) => [partition, offset + 1]));
  }

  /** These, of the departed train, are committed before it is handled. */
  committedAhead(offsets: ReadonlyMap<number, number>): void {
    for (const partition of this.unmoved()) {
      const entry = this.entries.get(partition);
      if (entry) entry.committed = Math.max(entry.committed, offsets.get(partition) ?? 0);
    }
  }

  /** Resolves when each of these partitions has been handled up to its offset, or was taken away. */
  reach(targets: ReadonlyMap<number, number>): Promise<void> {
    const waiter = { targets: new Map(targets), done: deferred() };
    this.waiters.add(waiter);
    this.settle();
    return waiter.done.promise;
  }

  /** Ends every wait: the subscription is over. */
  close(): void {
    for (const { done } of this.waiters) done.resolve();
    this.waiters.clear();
  }

  private settle(): void {
    for (const waiter of this.waiters) {
      for (const [partition, target] of waiter.targets) {
        const handled = this.entries.get(partition)?.handled;
        if (handled !== undefined && handled >= target) waiter.targets.delete(partition);
      }
      if (waiter.targets.size > 0) continue;
      this.waiters.delete(waiter);
      waiter.done.resolve();
    }
  }
}
