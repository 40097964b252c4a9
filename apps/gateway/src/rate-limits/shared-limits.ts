import { problem } from '#contracts';
import type { Quota } from '#config';
import type { Counters } from '#cache';

export type SharedLimitName = 'registration' | 'login-account' | 'login-address' | 'refresh-address';

/** Limits that hold over all gateways together, for what must not be guessed or flooded. */
export class SharedLimits {
  constructor(
    private readonly counters: Counters,
    private readonly quotas: Readonly<Record<SharedLimitName, Quota>>,
  ) {}

  /** Counts one more for `who`; throws `too_many_requests`. */
  async take(name: SharedLimitName, who: string): Promise<void> {
    const { limit, windowMs } = this.quotas[name];
    const { allowed, retryAfterMs } = await this.counters.take(`${name}:${who}`, limit, windowMs);
    if (!allowed) throw problem('too_many_requests', `more than ${limit} of ${name} in ${windowMs / 1000} s`, { retryAfterMs });
  }
}
