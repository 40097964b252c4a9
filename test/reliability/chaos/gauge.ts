import { setTimeout as sleep } from 'node:timers/promises';
import type { RunCounts } from '../history/run-counts.js';

/** Of the rate at which clients send, how much must be answered for a cluster to be well again. */
const WELL_SHARE = 0.3;
const LOOK_MS = 1000;
/** So many looks behind one another: what was held up comes in one burst, and says nothing of what is sent now. */
const LOOKS = 3;
const WELL_WITHIN_MS = 120_000;

/** How many sends are answered a second. */
export class Gauge {
  private since = performance.now();
  private answered: number;

  constructor(
    private readonly counts: RunCounts,
    private readonly rate: number,
  ) {
    this.answered = counts.sendsOk;
  }

  /** Over the time since the last call. */
  take(): number {
    const [now, answered] = [performance.now(), this.counts.sendsOk];
    const perSecond = ((answered - this.answered) * 1000) / (now - this.since);
    [this.since, this.answered] = [now, answered];
    return Math.round(perSecond);
  }

  /** Resolves when sends are answered steadily again. Rejects when that does not come about by itself. */
  async well(): Promise<void> {
    const deadline = performance.now() + WELL_WITHIN_MS;
    for (let well = 0; well < LOOKS;) {
      const before = this.counts.sendsOk;
      await sleep(LOOK_MS);
      const answered = this.counts.sendsOk - before;
      well = answered * 1000 >= this.rate * WELL_SHARE * LOOK_MS ? well + 1 : 0;
      if (performance.now() > deadline)
        throw new Error(`${WELL_WITHIN_MS / 1000} s after healing, ${answered} sends a second are answered`);
    }
  }
}
