import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { Registry } from 'prom-client';
import { problem, type Message, type UserId } from '#contracts';
import { systemClock } from '#kernel';
import { newContext } from '#observability';
import type { UserCaller } from '../authentication/caller.js';
import { DeliveryMap } from '../delivery/delivery-map.js';
import { DeliveryMetrics } from '../delivery/delivery-metrics.js';
import { RecentSeqs } from '../delivery/recent-seqs.js';
import type { WindowLoader } from '../delivery/window-loader.js';
import { RateLimits } from '../rate-limits/rate-limits.js';
import { ConnectionRegistry } from './connection-registry.js';
import { Connection } from './connection.js';
import type { EdgeSocket } from './edge-socket.js';
import { UserArrival } from './user-arrival.js';

const RATE = { perSecond: 1, burst: 1 };
const ALICE: UserCaller = {
  kind: 'user',
  userId: 'alice' as UserId,
  sessionId: 's',
  deviceId: 'd',
  platform: 'web',
  expiresAt: Infinity,
};

function setUp() {
  const ws = Object.assign(new EventEmitter(), { readyState: 1, OPEN: 1, send: jest.fn(), bufferedAmount: 0 });
  const connection = new Connection({
    ws: ws as unknown as EdgeSocket,
    socket: new PassThrough(),
    clock: systemClock,
    metrics: new DeliveryMetrics(new Registry()),
    takeFrame: new RateLimits({ send: RATE, request: RATE, socket: RATE }).forSocket(),
    newContext,
  });
  const load = jest.fn(() => Promise.reject<never[]>(problem('unavailable', 'away')));
  const map = new DeliveryMap();
  const arrival = new UserArrival({
    map,
    loader: { load } as unknown as WindowLoader,
    recent: new RecentSeqs(systemClock),
    revoked: { isRevoked: () => false },
    registry: new ConnectionRegistry(),
  });
  return { ws, connection, load, map, arrival };
}

it('shows a user nothing of what came for another whose arrival on the same socket failed', async () => {
  const { connection, load, map, arrival } = setUp();
  const write = jest.spyOn(connection.queue, 'write').mockImplementation(() => undefined);
  load.mockImplementationOnce(() => {
    for (const subscriber of map.user(ALICE.userId)!.subscribers) {
      subscriber.message({ conversationId: 'si_alice_carol', seq: 7 } as unknown as Message, () => Buffer.alloc(0));
      subscriber.push(Buffer.from('for alice'));
    }
    return Promise.reject(problem('unavailable', 'away'));
  });
  await expect(arrival.arrive(connection, ALICE, {})).rejects.toMatchObject({ code: 'unavailable' });
  load.mockImplementationOnce(() => Promise.resolve([]));
  const { moved } = await arrival.arrive(connection, { ...ALICE, userId: 'bob' as UserId, sessionId: 's2' }, {});
  await new Promise(setImmediate);
  expect([moved, write.mock.calls]).toEqual([[], []]);
});

it('leaves nothing behind on a socket that tries to arrive again and again', async () => {
  const { ws, connection, arrival } = setUp();
  const before = ws.listenerCount('close');
  for (let n = 0; n < 12; n += 1) await expect(arrival.arrive(connection, ALICE, undefined)).rejects.toMatchObject({ code: 'unavailable' });
  expect(ws.listenerCount('close')).toBe(before);
});
