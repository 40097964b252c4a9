import type { Clock } from '#kernel';
import type { ReportTrouble } from '../log/trouble.js';
import type { LogStore } from './log-store.js';

const EVERY_MS = 60_000;

/** Deletes what is older than its topic keeps, once a minute. */
export class RetentionTimer {
  private readonly timer: NodeJS.Timeout;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly store: LogStore,
    private readonly clock: Clock,
    private readonly report: ReportTrouble,
  ) {
    this.timer = setInterval(() => this.start(), EVERY_MS);
    this.timer.unref();
  }

  /** Ends after the running sweep. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private start(): void {
    this.sweeping ??= sweep(this.store, this.clock.now())
      .catch((error: unknown) => this.report('delete old records', error))
      .finally(() => (this.sweeping = undefined));
  }
}

/** Deletes what is older at `now` than its topic keeps. */
export async function sweep(store: LogStore, now: number): Promise<void> {
  for (const { spec, ranges } of store.allTopics()) {
    for (const partition of ranges.keys()) await store.expire(spec.name, partition, now - spec.retentionMs);
  }
}
