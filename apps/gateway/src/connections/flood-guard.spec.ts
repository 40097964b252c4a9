import { FloodGuard } from './flood-guard.js';

describe('FloodGuard', () => {
  const guard = () =>
    new FloodGuard(() => ({ allowed: false, name: 'socket', rate: { perSecond: 1, burst: 1 }, remaining: 0, retryAfterMs: 1 }));

  it('has enough after 200 refusals in 10 s', () => {
    const flood = guard();
    const results = Array.from({ length: 201 }, (_, i) => flood.refused(i * 40));
    expect([results.slice(0, 200).some(Boolean), results[200]]).toEqual([false, true]);
  });

  it('is patient with a client that is refused now and then', () => {
    const flood = guard();
    expect(Array.from({ length: 1000 }, (_, i) => flood.refused(i * 100)).some(Boolean)).toBe(false);
  });
});
