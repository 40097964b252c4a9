import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Taken } from './counters.js';

export interface Window {
  points: number;
  /** Seconds. */
  duration: number;
  /** Keeps counters of one key under two limits apart. */
  keyPrefix: string;
}

/** The package has a limiter per limit and window; this makes each when it is first asked for. */
export class WindowLimiters {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly make: (window: Window) => RateLimiterAbstract) {}

  async take(key: string, limit: number, windowMs: number): Promise<Taken> {
    try {
      return takenOf(await this.limiter(limit, windowMs).consume(key), true);
    } catch (refusal) {
      // What the package rejects with when a limit is passed is this, and no Error.
      if (refusal instanceof RateLimiterRes) return takenOf(refusal, false);
      throw refusal;
    }
  }

  private limiter(points: number, windowMs: number): RateLimiterAbstract {
    const duration = Math.max(1, Math.ceil(windowMs / 1000));
    const keyPrefix = `hecto:counter:${points}/${duration}`;
    const known = this.limiters.get(keyPrefix);
    if (known) return known;
    const made = this.make({ points, duration, keyPrefix });
    this.limiters.set(keyPrefix, made);
    return made;
  }
}

function takenOf(result: RateLimiterRes, allowed: boolean): Taken {
  return { allowed, remaining: result.remainingPoints, retryAfterMs: allowed ? 0 : Math.max(1, result.msBeforeNext) };
}
