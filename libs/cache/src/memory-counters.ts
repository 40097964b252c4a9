import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Counters, Taken } from './counters.js';
import { WindowLimiters } from './window-limiters.js';

/** Counters of this process alone: standalone, and tests. */
export class MemoryCounters implements Counters {
  private readonly limiters = new WindowLimiters((window) => new RateLimiterMemory(window));

  take(key: string, limit: number, windowMs: number): Promise<Taken> {
    return this.limiters.take(key, limit, windowMs);
  }

  ping(): Promise<boolean> {
    return Promise.resolve(true);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
