import type { Train } from './event-log.js';
import type { OffsetLedger } from './offset-ledger.js';
import type { ReportTrouble } from './trouble.js';

/** How much longer than usual it waits at most while commits fail. */
const MAX_SLOWDOWN = 16;

/** Resolves to false when some of them were not this member's to commit any more. */
export type CommitOffsets = (offsets: ReadonlyMap<number, number>) => Promise<boolean>;

/** Commits what a ledger has handled: on a timer, off the path of the records, and when asked. */
export class OffsetCommitter {
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: OffsetLedger,
    private readonly commit: CommitOffsets,
    private readonly options: { everyMs: number; report: ReportTrouble },
  ) {}

  /** Something may be committable: it will be committed soon. */
  poke(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        this.flush().catch((error: unknown) => {
          this.failures += 1;
          this.options.report('commit offsets', error);
          this.poke();
        });
      },
      this.options.everyMs * Math.min(2 ** this.failures, MAX_SLOWDOWN),
    );
    this.timer.unref();
  }

  /** Commits everything handled so far; one commit at a time, so that an older one never overtakes. */
  flush(): Promise<void> {
    const result = this.tail.then(() => this.commitOnce());
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Commits the departed train before it is handled; rejects when it can't, or when a partition of it has moved. */
  commitAhead(train: Train): Promise<void> {
    const result = this.tail.then(async () => {
      const offsets = this.ledger.ahead(train);
      if (!offsets || !(await this.commit(offsets))) throw new Error('a partition of the train was taken away before it was committed');
      this.ledger.committedAhead(offsets);
    });
    this.tail = result.catch(() => undefined);
    return result;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async commitOnce(): Promise<void> {
    const offsets = this.ledger.uncommitted();
    if (offsets.size === 0) return;
    await this.commit(offsets);
    this.failures = 0;
    this.ledger.committed(offsets);
  }
}
