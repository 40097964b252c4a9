import { newId } from '#kernel';
import type { Counters } from './counters.js';

/** What every implementation of Counters does. */
export function countersSuite(name: string, make: () => Promise<Counters>): void {
  describe(name, () => {
    let counters: Counters;
    beforeAll(async () => {
      counters = await make();
    });
    afterAll(() => counters.close());

    it('allows as many as the limit in a window, and says how long to wait for the next', async () => {
      const key = newId();
      expect(await counters.take(key, 2, 60_000)).toEqual({ allowed: true, remaining: 1, retryAfterMs: 0 });
      expect(await counters.take(key, 2, 60_000)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
      const third = await counters.take(key, 2, 60_000);
      expect(third).toMatchObject({ allowed: false, remaining: 0 });
      expect(third.retryAfterMs).toBeGreaterThan(50_000);
      expect(third.retryAfterMs).toBeLessThanOrEqual(60_000);
    });

    it('counts keys, limits and windows apart', async () => {
      const key = newId();
      await counters.take(key, 1, 60_000);
      expect((await counters.take(key, 1, 60_000)).allowed).toBe(false);
      expect((await counters.take(newId(), 1, 60_000)).allowed).toBe(true);
      expect((await counters.take(key, 2, 60_000)).allowed).toBe(true);
      expect((await counters.take(key, 1, 30_000)).allowed).toBe(true);
    });

    it('lets no more than the limit through when many come at once', async () => {
      const key = newId();
      const taken = await Promise.all(Array.from({ length: 50 }, () => counters.take(key, 7, 60_000)));
      expect(taken.filter(({ allowed }) => allowed)).toHaveLength(7);
    });

    it('opens a new window when the wait is over', async () => {
      const key = newId();
      await counters.take(key, 1, 1000);
      const { retryAfterMs } = await counters.take(key, 1, 1000);
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs + 50));
      expect((await counters.take(key, 1, 1000)).allowed).toBe(true);
    });

    it('answers a ping', async () => {
      expect(await counters.ping(1000)).toBe(true);
    });
  });
}
