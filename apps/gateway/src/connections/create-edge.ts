import type { Clock } from '#kernel';
import type { Bus, EventLog } from '#bus';
import type { Telemetry } from '#observability';
import type { Authenticator } from '../authentication/authenticator.js';
import type { RevokedSessions } from '../authentication/revoked-sessions.js';
import { Deliverer } from '../delivery/deliverer.js';
import { DeliveryMap } from '../delivery/delivery-map.js';
import { DeliveryMetrics } from '../delivery/delivery-metrics.js';
import { FeedGuard } from '../delivery/feed-guard.js';
import { RecentSeqs } from '../delivery/recent-seqs.js';
import { StoredFeed } from '../delivery/stored-feed.js';
import { WindowLoader } from '../delivery/window-loader.js';
import type { Problems } from '../problems/problem-details.js';
import type { RateLimits } from '../rate-limits/rate-limits.js';
import type { SendMessageService } from '../send-message/send-message.service.js';
import { SyncService } from '../sync/sync.service.js';
import { ConnectionMetrics } from './connection-metrics.js';
import { ConnectionRegistry } from './connection-registry.js';
import { FrameDispatcher, type RequestHandlers } from './frame-dispatcher.js';
import { ConnectHandler } from './handlers/connect.handler.js';
import { HistoryHandler } from './handlers/history.handler.js';
import { PingHandler } from './handlers/ping.handler.js';
import { ReadHandler } from './handlers/read.handler.js';
import { RefreshHandler } from './handlers/refresh.handler.js';
import { SendHandler } from './handlers/send.handler.js';
import { SyncHandler } from './handlers/sync.handler.js';
import { UserArrival } from './user-arrival.js';
import { WebSocketEdge } from './web-socket-edge.js';

/** What the edge takes from the rest of the gateway. */
export interface EdgeParts {
  bus: Bus;
  log: EventLog;
  telemetry: Telemetry;
  clock: Clock;
  authenticator: Pick<Authenticator, 'authenticate'>;
  revoked: Pick<RevokedSessions, 'isRevoked' | 'onRevoked'>;
  messages: Pick<SendMessageService, 'prepare' | 'submit'>;
  limits: Pick<RateLimits, 'take' | 'forSocket'>;
  problems: Problems;
}

export interface EdgeOptions extends EdgeParts {
  /** Tells this process from the other gateways. */
  instance: string;
  random: () => number;
}

export interface Edge {
  sockets: WebSocketEdge;
  guard: FeedGuard;
}

type Delivery = ReturnType<typeof createDelivery>;

/** Puts the edge together: delivery, what frames mean, and the sockets. */
export function createEdge(options: EdgeOptions): Edge {
  const { telemetry, clock, problems, limits, revoked, random } = options;
  const delivery = createDelivery(options);
  const registry = new ConnectionRegistry();
  const metrics = new ConnectionMetrics(telemetry.metrics);
  const handlers = createHandlers(options, delivery, registry);
  const dispatcher = new FrameDispatcher({ handlers, problems, metrics, clock, logger: telemetry.logger });
  const sockets = new WebSocketEdge({ registry, dispatcher, metrics, deliveryMetrics: delivery.metrics, limits, revoked, clock, random });
  return { sockets, guard: delivery.guard };
}

function createDelivery({ bus, log, telemetry, clock, instance }: EdgeOptions) {
  const { logger } = telemetry;
  const map = new DeliveryMap();
  const recent = new RecentSeqs(clock);
  const metrics = new DeliveryMetrics(telemetry.metrics);
  const deliverer = new Deliverer(map, recent, metrics, clock);
  const loader = new WindowLoader(bus, map, clock);
  const feed = new StoredFeed({ log, deliverer, logger, instance });
  const guard = new FeedGuard({ feed, deliverer, map, loader, metrics, logger });
  return { map, recent, metrics, loader, guard };
}

function createHandlers(options: EdgeOptions, { map, loader, recent }: Delivery, registry: ConnectionRegistry): RequestHandlers {
  const { bus, clock, authenticator, revoked, messages, limits } = options;
  const arrival = new UserArrival({ map, loader, recent, revoked, registry });
  return {
    connect: new ConnectHandler(authenticator, arrival, clock),
    refresh: new RefreshHandler(authenticator, registry),
    send: new SendHandler(messages, limits),
    read: new ReadHandler(bus, limits),
    history: new HistoryHandler(bus, limits),
    sync: new SyncHandler(new SyncService(bus), limits),
    ping: new PingHandler(clock),
  };
}
