import { newId } from '#kernel';
import { silentTelemetry } from '#observability';
import { waitFor } from '#testing';
import { countersSuite } from './counters.suite.js';
import { RedisCounters } from './redis-counters.js';

const { logger } = silentTelemetry('gateway');

async function connected(): Promise<RedisCounters> {
  const counters = new RedisCounters({ url: process.env['HECTO_REDIS_URL']!, logger });
  await waitFor(() => counters.ping(1000), { withinMs: 5000, what: 'Redis to answer' });
  return counters;
}

countersSuite('RedisCounters', connected);

describe('RedisCounters among several processes', () => {
  it('shares one count', async () => {
    const [here, there] = await Promise.all([connected(), connected()]);
    const key = newId();
    await here.take(key, 1, 60_000);
    expect((await there.take(key, 1, 60_000)).allowed).toBe(false);
    await Promise.all([here.close(), there.close()]);
  });

  it('counts by itself while Redis is away, without waiting for it', async () => {
    const counters = new RedisCounters({ url: 'redis://127.0.0.1:1', logger });
    const key = newId();
    const started = performance.now();
    expect((await counters.take(key, 1, 60_000)).allowed).toBe(true);
    expect((await counters.take(key, 1, 60_000)).allowed).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
    expect(await counters.ping(200)).toBe(false);
    await counters.close();
  });
});
