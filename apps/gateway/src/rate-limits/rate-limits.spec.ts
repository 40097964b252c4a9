import type { UserId } from '#contracts';
import type { Caller } from '../authentication/caller.js';
import { limitHeaders } from './limit-headers.js';
import { RateLimits, requireAllowed } from './rate-limits.js';

const user = (userId: string): Caller => ({
  kind: 'user',
  userId: userId as UserId,
  sessionId: 's',
  deviceId: 'd',
  platform: 'web',
  expiresAt: 0,
});
const rates = { send: { perSecond: 2, burst: 3 }, request: { perSecond: 5, burst: 5 }, socket: { perSecond: 1, burst: 1 } };

describe('RateLimits', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets a burst through, then refuses, then lets through what has dripped in', () => {
    const limits = new RateLimits(rates);
    const take = () => limits.take('send', user('alice'))?.allowed;
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
    jest.advanceTimersByTime(500);
    expect([take(), take()]).toEqual([true, false]);
  });

  it('says when to try again', () => {
    const limits = new RateLimits(rates);
    for (let n = 0; n < 3; n += 1) requireAllowed(limits.take('send', user('alice')));
    expect(() => requireAllowed(limits.take('send', user('alice')))).toThrow(
      expect.objectContaining({ code: 'too_many_requests', retryAfterMs: 500 }) as Error,
    );
  });

  it('counts each user and each kind of call apart', () => {
    const limits = new RateLimits(rates);
    for (let n = 0; n < 4; n += 1) limits.take('send', user('alice'));
    expect(limits.take('send', user('bob'))?.allowed).toBe(true);
    expect(limits.take('request', user('alice'))?.allowed).toBe(true);
  });

  it('gives each socket a bucket of its own', () => {
    const limits = new RateLimits(rates);
    const [one, other] = [limits.forSocket(), limits.forSocket()];
    expect([one().allowed, one().allowed, other().allowed]).toEqual([true, false, true]);
  });

  it('does not limit a backend', () => {
    expect(new RateLimits(rates).take('send', { kind: 'backend', keyId: 'k' })).toBeUndefined();
  });

  it('shows the limit in the fields of the draft', () => {
    expect(limitHeaders({ allowed: true, name: 'send', rate: { perSecond: 20, burst: 60 }, remaining: 12, retryAfterMs: 0 })).toEqual({
      'ratelimit-policy': '"send";q=60;w=3',
      ratelimit: '"send";r=12;t=3',
    });
  });
});
