/** So many a second for long, and a burst of so many. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** What is left of a limit after taking one; for the RateLimit headers and for the refusal. */
export interface Taken {
  allowed: boolean;
  /** The limit's name in `RateLimit-Policy`. */
  name: string;
  rate: Rate;
  remaining: number;
  /** Until one more is there; 0 when one is. */
  retryAfterMs: number;
}
