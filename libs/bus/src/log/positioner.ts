import type { PartitionState, SubscribeOptions } from './event-log.js';
import { startOffset } from './start-offset.js';
import type { ReportTrouble } from './trouble.js';

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 5_000;

export interface PositionerPorts {
  /** What is known of these partitions, in their order. */
  statesOf(partitions: readonly number[]): Promise<PartitionState[]>;
  startAt: SubscribeOptions['startAt'];
  /** The partition goes on at this offset: nothing of it was delivered since it was placed or rewound. */
  onPlaced(partition: number, offset: number): void;
  report: ReportTrouble;
}

interface Placing {
  timer: NodeJS.Timeout | undefined;
}

/** Finds where each partition starts, when it is assigned and after a rejected train, and tries again with a growing delay. */
export class Positioner {
  private readonly placings = new Map<number, Placing>();
  private readonly failures = new Map<number, number>();

  constructor(private readonly ports: PositionerPorts) {}

  /** Resolves after the first try of each partition. */
  async place(partitions: readonly number[]): Promise<void> {
    const begun = partitions.map((partition) => ({ partition, placing: this.begin(partition) }));
    if (begun.length === 0) return;
    const states = this.ports.statesOf(partitions);
    await Promise.all(begun.map(({ partition, placing }) => this.try(partition, placing, states)));
  }

  /** After a rejected train: each partition again, later and later while it keeps failing. */
  placeAgain(partitions: readonly number[]): void {
    for (const partition of partitions) this.tryLater(partition, this.begin(partition));
  }

  /** A train with records of these partitions was handled: the next failure is a first one. */
  succeeded(partitions: Iterable<number>): void {
    for (const partition of partitions) this.failures.delete(partition);
  }

  forget(partitions: readonly number[]): void {
    for (const partition of partitions) {
      clearTimeout(this.placings.get(partition)?.timer);
      this.placings.delete(partition);
      this.failures.delete(partition);
    }
  }

  stop(): void {
    this.forget([...this.placings.keys()]);
  }

  private begin(partition: number): Placing {
    clearTimeout(this.placings.get(partition)?.timer);
    const placing: Placing = { timer: undefined };
    this.placings.set(partition, placing);
    return placing;
  }

  private async try(partition: number, placing: Placing, states: Promise<PartitionState[]>): Promise<void> {
    try {
      const state = (await states).find((one) => one.partition === partition);
      if (!state) throw new Error(`partition ${partition} does not exist`);
      const offset = await startOffset(state, this.ports.startAt);
      if (this.placings.get(partition) !== placing) return;
      this.placings.delete(partition);
      this.ports.onPlaced(partition, offset);
    } catch (error) {
      if (this.placings.get(partition) !== placing) return;
      this.ports.report(`find where partition ${partition} starts`, error);
      this.tryLater(partition, placing);
    }
  }

  private tryLater(partition: number, placing: Placing): void {
    const failures = this.failures.get(partition) ?? 0;
    this.failures.set(partition, failures + 1);
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** failures, MAX_DELAY_MS);
    placing.timer = setTimeout(() => void this.try(partition, placing, this.ports.statesOf([partition])), delayMs);
  }
}
