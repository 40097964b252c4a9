import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask } from '../client/asked.js';
import type { Device } from '../client/device.js';
import { needsNewToken, type Outcome } from '../client/outcome.js';
import type { Answer } from '../history/history.js';

const RETRY_MS = { first: 250, most: 10_000 };
/** Beyond that nothing new is begun: the run is about the server, not about this machine's memory. */
const MAX_OPEN = 300;

/** HTTP calls that are repeated until there is a final answer. */
export class Persistence {
  private open = 0;
  private stopped = false;

  /** How many calls have none yet. */
  get size(): number {
    return this.open;
  }

  /** Whether something new may be begun. */
  get hasRoom(): boolean {
    return this.open < MAX_OPEN;
  }

  /** Resolves with the final answer; undefined after `stop`. */
  async ask(device: Device, ask: Ask): Promise<Exclude<Outcome<Answer>, { outcome: 'unknown' }> | undefined> {
    this.open += 1;
    try {
      for (let waitMs = RETRY_MS.first; !this.stopped; waitMs = Math.min(RETRY_MS.most, waitMs * 2)) {
        const outcome = await device.askOverHttp(ask);
        if (outcome.outcome !== 'unknown' && !needsNewToken(outcome)) return outcome;
        await sleep(Math.max(waitMs * (0.5 + Math.random()), outcome.outcome === 'unknown' ? (outcome.retryAfterMs ?? 0) : 0));
      }
      return undefined;
    } finally {
      this.open -= 1;
    }
  }

  /** Gives up what has no answer. */
  stop(): void {
    this.stopped = true;
  }
}
