/**
 * Counters that several processes share, for limits that must hold across them (log-ins, registrations). What is counted may be
 * lost: a flush forgets it, and when the store is away the limits hold per process.
 */
export interface Counters {
  /**
   * Counts one more for `key` and says whether it is within `limit` in the last `windowMs`; if not, how long to wait.
   * Never rejects because the store is away.
   */
  take(key: string, limit: number, windowMs: number): Promise<{ allowed: boolean; remaining: number; retryAfterMs: number }>;
  ping(timeoutMs: number): Promise<boolean>;
  close(): Promise<void>;
}
