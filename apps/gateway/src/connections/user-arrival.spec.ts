import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { Registry } from 'prom-client';
import { problem, type UserId } from '#contracts';
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

it('leaves nothing behind on a socket that tries to arrive again and again', async () => {
  const ws = Object.assign(new EventEmitter(), { readyState: 1, OPEN: 1 });
  const connection = new Connection({
    ws: ws as unknown as EdgeSocket,
    socket: new PassThrough(),
    clock: systemClock,
    metrics: new DeliveryMetrics(new Registry()),
    takeFrame: new RateLimits({ send: RATE, request: RATE, socket: RATE }).forSocket(),
    newContext,
  });
  const away = { load: () => Promise.reject(problem('unavailable', 'away')) } as unknown as WindowLoader;
  const arrival = new UserArrival({
    map: new DeliveryMap(),
    loader: away,
    recent: new RecentSeqs(systemClock),
    revoked: { isRevoked: () => false },
    registry: new ConnectionRegistry(),
  });
  const before = ws.listenerCount('close');
  for (let n = 0; n < 12; n += 1) await expect(arrival.arrive(connection, ALICE, undefined)).rejects.toMatchObject({ code: 'unavailable' });
  expect(ws.listenerCount('close')).toBe(before);
});
