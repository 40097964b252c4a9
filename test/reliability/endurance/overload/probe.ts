import { setTimeout as sleep } from 'node:timers/promises';
import type { Latency } from '../measure/latency.js';
import { Pairs } from '../load/pairs.js';
import { Tally } from '../load/tally.js';
import type { Stage } from '../start-stage.js';

const PER_SECOND = 20;
/** So many in a row have to be answered as before. */
const WINDOW = 100;

/** One pair beside the load, who write now and then. */
export class Probe {
  private constructor(private readonly pairs: Pairs) {}

  static async connect(stage: Stage): Promise<Probe> {
    return new Probe(await Pairs.connect(stage, { name: 'probe', pairs: 1 }));
  }

  async measure(seconds: number): Promise<Latency> {
    const tally = await this.pairs.write(PER_SECOND, seconds);
    await this.pairs.settled(tally);
    return tally.answerTime;
  }

  /** Milliseconds until a hundred sends in a row, of which at most one took longer than `p99`, have begun; undefined: not within the time. */
  async recovery(p99: number, withinMs: number): Promise<number | undefined> {
    const start = performance.now();
    const tookMs: { at: number; ms: number }[] = [];
    while (performance.now() - start < withinMs) {
      const at = performance.now();
      void this.once(at).then((ms) => tookMs.push({ at, ms }));
      const window = tookMs.slice(-WINDOW);
      const late = window.filter(({ ms }) => ms > p99).length;
      if (window.length === WINDOW && late <= WINDOW / 100) return Math.max(0, (window[0]?.at ?? start) - start);
      await sleep(1000 / PER_SECOND);
    }
    return undefined;
  }

  leave(): void {
    this.pairs.leave();
  }

  /** How long the answer took; for ever when there was none. */
  private async once(intended: number): Promise<number> {
    const tally = new Tally();
    await new Promise<void>((resolve) => this.pairs.writeOne(intended, tally, resolve));
    return tally.answered === 1 ? performance.now() - intended : Infinity;
  }
}
