import { Registry } from 'prom-client';
import { waitFor } from '#testing';
import type { ResyncReason, UserId } from '#contracts';
import { silentTelemetry } from '#observability';
import type { ConnectedUser } from './connected-user.js';
import type { Deliverer } from './deliverer.js';
import { DeliveryMap } from './delivery-map.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { FeedGuard } from './feed-guard.js';
import type { StoredFeed } from './stored-feed.js';
import type { WindowLoader } from './window-loader.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const state = { healthy: true, held: false, loads: 0, failures: 0 };
  const loaded: string[] = [];
  let trouble: (reason: ResyncReason) => void = () => undefined;
  const pushes: string[] = [];
  const map = new DeliveryMap();
  const user = map.enter('alice' as UserId, { message: () => undefined, push: (frame) => pushes.push(frame.subarray(2).toString()) });
  const load = ({ userId }: ConnectedUser) => {
    state.loads += 1;
    loaded.push(userId);
    return state.failures-- > 0 ? Promise.reject(new Error('not answered')) : Promise.resolve([]);
  };
  const guard = new FeedGuard({
    feed: {
      start: (onTrouble: typeof trouble) => Promise.resolve((trouble = onTrouble)),
      stop: () => Promise.resolve(),
      isHealthy: () => state.healthy,
    } as unknown as StoredFeed,
    deliverer: { hold: () => (state.held = true), release: () => (state.held = false) } as unknown as Deliverer,
    map,
    loader: { load } as unknown as WindowLoader,
    metrics: new DeliveryMetrics(new Registry()),
    logger: silentTelemetry('gateway').logger,
  });
  return { state, guard, pushes, loaded, map, user, trouble: (reason: ResyncReason) => trouble(reason) };
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

  it('reads only his windows again whose could not be read: a slow service is not asked for everybody, again and again', async () => {
    const { guard, state, trouble, pushes, loaded, map } = setUp();
    map.enter('bob' as UserId, { message: () => undefined, push: () => undefined });
    await guard.start();
    state.failures = 1;
    trouble('rejoin');
    guard.look();
    await turn();
    guard.look();
    expect([state.held, loaded, pushes]).toEqual([false, ['alice', 'bob'], []]);
    await waitFor(() => pushes.length > 0, { withinMs: 5000, what: 'the resync' });
    guard.look();
    await turn();
    expect(loaded).toEqual(['alice', 'bob', 'alice']);
    await guard.stop();
  });

  it.each(['has left', 'is read anew by a later recovery'] as const)('does not read again the windows of a user who %s', async (why) => {
    const { guard, state, trouble, loaded, map, user } = setUp();
    map.enter('bob' as UserId, { message: () => undefined, push: () => undefined });
    await guard.start();
    state.failures = 2;
    trouble('rejoin');
    guard.look();
    await turn();
    if (why === 'has left') user.subscribers.clear();
    else user.epoch += 1;
    await waitFor(() => loaded.length > 2, { withinMs: 5000, what: 'the windows of bob to be read again' });
    await guard.stop();
    expect(loaded).toEqual(['alice', 'bob', 'bob']);
  });
});
