export interface Taken {
  allowed: boolean;
  remaining: number;
  /** 0 when allowed. */
  retryAfterMs: number;
}

/**
 * Counters that several processes share, for limits that must hold across them (log-ins, registrations). What is counted may be
 * lost: a flush forgets it, and when the store is away the limits hold per process.
 */
export interface Counters {
  /**
   * Counts one more for `key` and says whether that is within `limit` in this window; if not, how long to wait. A window begins with
   * the first take and lasts `windowMs`, rounded up to whole seconds. Never rejects because the store is away.
   */
  take(key: string, limit: number, windowMs: number): Promise<Taken>;
  /** Whether the store answers within `timeoutMs`. */
  ping(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}
