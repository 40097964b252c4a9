import type { Taken } from '../rate-limits/rate-limit.js';

/** A client that goes on after this many refusals in a window does not listen to them. */
const MAX_REFUSALS = 200;
const WINDOW_MS = 10_000;

/** Frames of one socket, whatever is in them: a bucket, and an end to patience. */
export class FloodGuard {
  private refusals = 0;
  private windowEndsAt = 0;

  constructor(private readonly takeOne: () => Taken) {}

  take(): Taken {
    return this.takeOne();
  }

  /** Counts a refusal for whatever limit; true when there were too many of them. */
  refused(now: number): boolean {
    if (now >= this.windowEndsAt) {
      this.refusals = 0;
      this.windowEndsAt = now + WINDOW_MS;
    }
    this.refusals += 1;
    return this.refusals > MAX_REFUSALS;
  }
}
