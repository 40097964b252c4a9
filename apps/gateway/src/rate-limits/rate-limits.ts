import { TokenBucket } from 'limiter';
import { LRUCache } from 'lru-cache';
import { problem, type UserId } from '#contracts';
import type { Caller } from '../authentication/caller.js';
import type { Rate, Taken } from './rate-limit.js';

export interface Rates {
  /** Messages of one user, over all his sockets and HTTP. */
  send: Rate;
  /** Every other request of one user. */
  request: Rate;
  /** Frames of one socket, of whatever type. */
  socket: Rate;
}

/** Users whose buckets are kept: who was idle longest starts with a full one again, which he would have by then. */
const MAX_USERS = 50_000;

/** Token buckets of this process. A backend's key is not limited: its team pays for the machine. */
export class RateLimits {
  private readonly buckets: Record<'send' | 'request', LRUCache<UserId, TokenBucket>>;

  constructor(private readonly rates: Rates) {
    this.buckets = { send: new LRUCache({ max: MAX_USERS }), request: new LRUCache({ max: MAX_USERS }) };
  }

  /** Takes one from the caller's bucket; undefined when he has no limit. */
  take(name: 'send' | 'request', caller: Caller): Taken | undefined {
    if (caller.kind === 'backend') return undefined;
    return takeOne(name, this.rates[name], this.bucketOf(name, caller.userId));
  }

  /** A bucket for one socket's frames. */
  forSocket(): () => Taken {
    const bucket = fullBucket(this.rates.socket);
    return () => takeOne('socket', this.rates.socket, bucket);
  }

  private bucketOf(name: 'send' | 'request', userId: UserId): TokenBucket {
    const known = this.buckets[name].get(userId);
    if (known) return known;
    const bucket = fullBucket(this.rates[name]);
    this.buckets[name].set(userId, bucket);
    return bucket;
  }
}

/** Throws `too_many_requests` when nothing was left. */
export function requireAllowed(taken: Taken | undefined): void {
  if (!taken || taken.allowed) return;
  const { name, rate, retryAfterMs } = taken;
  throw problem('too_many_requests', `more than ${rate.perSecond} a second (burst ${rate.burst}) of ${name}`, { retryAfterMs });
}

function fullBucket({ perSecond, burst }: Rate): TokenBucket {
  const bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: perSecond, interval: 'second' });
  bucket.content = burst;
  return bucket;
}

function takeOne(name: string, rate: Rate, bucket: TokenBucket): Taken {
  const allowed = bucket.tryRemoveTokens(1);
  return { allowed, name, rate, remaining: Math.floor(bucket.content), retryAfterMs: allowed ? 0 : bucket.getWaitTime(1) };
}
