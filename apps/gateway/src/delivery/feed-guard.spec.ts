import { Registry } from 'prom-client';
import type { ResyncReason, UserId } from '#contracts';
import { silentTelemetry } from '#observability';
import type { Deliverer } from './deliverer.js';
import { DeliveryMap } from './delivery-map.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { FeedGuard } from './feed-guard.js';
import type { StoredFeed } from './stored-feed.js';
import type { WindowLoader } from './window-loader.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const state = { healthy: true, held: false, loads: 0 };
  let trouble: (reason: ResyncReason) => void = () => undefined;
  const pushes: string[] = [];
  const map = new DeliveryMap();
  const user = map.enter('alice' as UserId, { message: () => undefined, push: (frame) => pushes.push(frame.subarray(2).toString()) });
  const guard = new FeedGuard({
    feed: {
      start: (onTrouble: typeof trouble) => Promise.resolve((trouble = onTrouble)),
      stop: () => Promise.resolve(),
      isHealthy: () => state.healthy,
    } as unknown as StoredFeed,
    deliverer: { hold: () => (state.held = true), release: () => (state.held = false) } as unknown as Deliverer,
    map,
    loader: { load: () => Promise.resolve((state.loads += 1)) } as unknown as WindowLoader,
    metrics: new DeliveryMetrics(new Registry()),
    logger: silentTelemetry('gateway').logger,
  });
  return { state, guard, pushes, user, trouble: (reason: ResyncReason) => trouble(reason) };
}

describe('FeedGuard', () => {
  it('leaves a healthy feed alone', async () => {
    const { guard, state } = setUp();
    await guard.start();
    guard.look();
    await turn();
    expect([state.held, state.loads]).toEqual([false, 0]);
    await guard.stop();
  });

  it.each(['rejoin', 'offset_jump'] as const)('holds delivery after a %s until the windows are read again', async (reason) => {
    const { guard, state, trouble, pushes } = setUp();
    await guard.start();
    trouble(reason);
    expect(state.held).toBe(true);
    guard.look();
    await turn();
    expect([state.held, state.loads, pushes]).toEqual([false, 1, [`{"type":"resync","data":{"reason":"${reason}"}}`]]);
    await guard.stop();
  });

  it('holds delivery for as long as the feed is not healthy', async () => {
    const { guard, state, pushes, user } = setUp();
    await guard.start();
    user.loaded = true;
    state.healthy = false;
    guard.look();
    guard.look();
    expect([state.held, state.loads, user.loaded]).toEqual([true, 0, true]);
    state.healthy = true;
    guard.look();
    expect([state.held, user.loaded]).toEqual([false, false]);
    await turn();
    expect(pushes).toEqual(['{"type":"resync","data":{"reason":"stalled"}}']);
    await guard.stop();
  });
});
