import type { OffsetLedger } from './offset-ledger.js';
import type { ReportTrouble } from './trouble.js';

/** How much longer than usual it waits at most while commits fail. */
const MAX_SLOWDOWN = 16;

export type CommitOffsets = (offsets: ReadonlyMap<number, number>) => Promise<void>;

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
