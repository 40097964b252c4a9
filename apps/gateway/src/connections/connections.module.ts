import { Inject, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap, type Provider } from '@nestjs/common';
import { newId, type Clock } from '#kernel';
import { BUS, HectoServer, type Bus, type EventLog } from '#bus';
import type { Telemetry } from '#observability';
import { CLOCK, TELEMETRY } from '#runtime';
import { Authenticator } from '../authentication/authenticator.js';
import { RevokedSessions } from '../authentication/revoked-sessions.js';
import { FeedGuard } from '../delivery/feed-guard.js';
import { Problems } from '../problems/problem-details.js';
import { RateLimits } from '../rate-limits/rate-limits.js';
import { SendMessageService } from '../send-message/send-message.service.js';
import { createEdge, type Edge, type EdgeParts } from './create-edge.js';
import { WebSocketEdge } from './web-socket-edge.js';

const EDGE = Symbol('Edge');

const providers: Provider[] = [
  {
    provide: EDGE,
    inject: [BUS, HectoServer, TELEMETRY, CLOCK, Authenticator, RevokedSessions, SendMessageService, RateLimits, Problems],
    useFactory: edgeOf,
  },
  { provide: WebSocketEdge, inject: [EDGE], useFactory: ({ sockets }: Edge) => sockets },
  { provide: FeedGuard, inject: [EDGE], useFactory: ({ guard }: Edge) => guard },
];

/** The WebSocket edge and the delivery behind it. The gateway attaches it to its HTTP server. */
@Module({ providers, exports: [WebSocketEdge] })
export class ConnectionsModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(FeedGuard) private readonly guard: FeedGuard,
    @Inject(WebSocketEdge) private readonly sockets: WebSocketEdge,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.guard.start();
  }

  /** While the bus still answers. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.sockets.close();
    await this.guard.stop();
  }
}

function edgeOf(
  bus: Bus,
  server: HectoServer,
  telemetry: Telemetry,
  clock: Clock,
  authenticator: Authenticator,
  revoked: RevokedSessions,
  messages: SendMessageService,
  limits: RateLimits,
  problems: Problems,
): Edge {
  const log = server.unwrap<EventLog>();
  const parts: EdgeParts = { bus, log, telemetry, clock, authenticator, revoked, messages, limits, problems };
  return createEdge({ ...parts, instance: newId(), random: Math.random });
}
