import { setTimeout as sleep } from 'node:timers/promises';
import type { ReceivedRecord, SubscribeOptions, Train } from './event-log.js';
import type { Signal } from './signal.js';

export type TrainLimits = Pick<SubscribeOptions, 'maxRecords' | 'maxBytes'>;

/** Where a train loop gets its records from, and whom it tells how they fared. */
export interface TrainSource {
  /** Notified whenever there may be something to take. */
  readonly arrivals: Signal;
  /** The next records over all partitions, each partition's in order; empty when nothing waits. */
  take(limits: TrainLimits): Promise<readonly ReceivedRecord[]>;
  /** Whether something waits still. */
  hasMore(): boolean;
  /** Commits the offsets behind a train before it is handled; rejects unless it is certain that nothing of it comes again. */
  commitAhead(train: Train): Promise<void>;
  resolved(train: Train): void;
  rejected(train: Train, error: unknown): void;
}

/** Runs one train after the other: the next takes what waits when the one before has ended, and departs no sooner than its pace allows. */
export class TrainLoop {
  private stopping = false;
  private departedAt = -Infinity;
  private running: Promise<void> | undefined;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: TrainSource,
    private readonly options: TrainLimits & Pick<SubscribeOptions, 'paceMs' | 'atMostOnce'>,
    private readonly onTrain: (train: Train) => Promise<void>,
  ) {}

  start(): void {
    this.ended = this.run();
  }

  /** Resolves when the train that runs now has ended; at once when none does. */
  async trainEnded(): Promise<void> {
    await this.running;
  }

  /** No train departs after this; resolves when the running one has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.source.arrivals.notify();
    await this.ended;
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      if (!this.source.hasMore()) await this.source.arrivals.wait();
      await this.pace();
      if (this.isStopping()) return;
      // The train counts as running from the moment its records are taken, or a hand-over of partitions could pass it unseen.
      this.running = this.runTrain();
      await this.running;
      this.running = undefined;
    }
  }

  // A method: the compiler takes a field that was read once for unchanged after an await.
  private isStopping(): boolean {
    return this.stopping;
  }

  private async pace(): Promise<void> {
    const restMs = this.departedAt + (this.options.paceMs ?? 0) - performance.now();
    if (restMs > 0 && !this.isStopping()) await sleep(restMs);
  }

  private async runTrain(): Promise<void> {
    const records = await this.source.take(this.options);
    if (records.length === 0) return;
    this.departedAt = performance.now();
    const train = { records };
    const { atMostOnce } = this.options;
    try {
      if (atMostOnce && records.some(atMostOnce)) await this.source.commitAhead(train);
      await this.onTrain(train);
    } catch (error) {
      this.source.rejected(train, error);
      return;
    }
    this.source.resolved(train);
  }
}
