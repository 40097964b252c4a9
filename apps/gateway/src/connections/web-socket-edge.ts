import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions } from 'ws';
import { LIMITS, SUBPROTOCOL_JSON, type SessionRevoked } from '#contracts';
import type { Clock } from '#kernel';
import type { RevokedSessions } from '../authentication/revoked-sessions.js';
import type { DeliveryMetrics } from '../delivery/delivery-metrics.js';
import type { RateLimits } from '../rate-limits/rate-limits.js';
import type { ConnectionMetrics } from './connection-metrics.js';
import type { ConnectionRegistry } from './connection-registry.js';
import { Connection } from './connection.js';
import { EdgeSocket } from './edge-socket.js';
import { frameContexts } from './frame-contexts.js';
import type { FrameDispatcher } from './frame-dispatcher.js';
import { refuseUpgrade } from './refuse-upgrade.js';
import { closeReasonOf } from './revocation.js';

const PATH = '/v1/ws';
const TICK_MS = 1000;
/** How long a client may take to answer our close frame. */
const CLOSE_TIMEOUT_MS = 3000;
/** How long a leaving socket waits for the answers it is owed. */
const ANSWER_GRACE_MS = 4000;
/** Clients of a gateway that goes away come back spread over this time. */
const RECONNECT_MIN_MS = 500;
const RECONNECT_SPREAD_MS = 4500;

export interface WebSocketEdgeParts {
  registry: ConnectionRegistry;
  dispatcher: FrameDispatcher;
  metrics: ConnectionMetrics;
  deliveryMetrics: DeliveryMetrics;
  limits: Pick<RateLimits, 'forSocket'>;
  revoked: Pick<RevokedSessions, 'onRevoked'>;
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
}

// @types/ws 8.18 doesn't know closeTimeout (ws 8.19).
const OPTIONS: ServerOptions<typeof EdgeSocket> & { closeTimeout: number } = {
  noServer: true,
  WebSocket: EdgeSocket,
  maxPayload: LIMITS.maxFrameBytes,
  closeTimeout: CLOSE_TIMEOUT_MS,
  perMessageDeflate: false,
  // Invalid UTF-8 is a client's mistake like malformed JSON: it is answered, and the socket stays.
  skipUTF8Validation: true,
  clientTracking: false,
  handleProtocols: (offered) => (offered.has(SUBPROTOCOL_JSON) ? SUBPROTOCOL_JSON : false),
};

/** The native WebSocket edge: `/v1/ws` on an HTTP server. */
export class WebSocketEdge {
  private readonly server = new WebSocketServer(OPTIONS);
  private timer: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;
  private closing: Promise<void> | undefined;

  constructor(private readonly parts: WebSocketEdgeParts) {}

  attach(httpServer: Server): void {
    httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
    this.stopListening = this.parts.revoked.onRevoked((event) => this.endSession(event));
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.timer.unref();
  }

  /** Everyone is told to come back elsewhere; what they asked is still answered. Resolves when all sockets are closed, within about 7 s. */
  close(): Promise<void> {
    return (this.closing ??= this.sendAllAway());
  }

  /** What time does to the sockets: once a second, and whenever a test says. */
  tick(): void {
    const now = this.parts.clock.now();
    for (const connection of this.parts.registry.all()) connection.tick(now);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url?.split('?', 1)[0];
    if (path !== PATH) refuseUpgrade(socket, 404, `WebSockets live at ${PATH}`);
    else if (this.closing) refuseUpgrade(socket, 503, 'this gateway is shutting down');
    else this.server.handleUpgrade(request, socket, head, (ws) => this.open(ws, request));
  }

  private open(ws: EdgeSocket, request: IncomingMessage): void {
    const { registry, dispatcher, metrics, deliveryMetrics, limits, clock } = this.parts;
    const connection = new Connection({
      ws,
      socket: request.socket,
      clock,
      metrics: deliveryMetrics,
      takeFrame: limits.forSocket(),
      newContext: frameContexts(request),
    });
    registry.add(connection);
    metrics.opened();
    ws.on('message', (data, isBinary) => dispatcher.receive(connection, data as Buffer, { isBinary }));
    // A broken frame or a reset: `close` comes next, with its code.
    ws.on('error', () => undefined);
    ws.once('close', (code) => {
      registry.remove(connection);
      metrics.closed(code);
    });
  }

  private endSession(event: SessionRevoked): void {
    for (const connection of this.parts.registry.ofSession(event.sessionId)) {
      connection.close(closeReasonOf(event), `the session on device ${event.deviceId} has ended`);
    }
  }

  private async sendAllAway(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.parts.registry.all().map((connection) => this.sendAway(connection)));
    this.stopListening();
  }

  private async sendAway(connection: Connection): Promise<void> {
    const gone = new Promise<void>((resolve) => connection.onClosed(resolve));
    const reconnectAfterMs = Math.round(RECONNECT_MIN_MS + this.parts.random() * RECONNECT_SPREAD_MS);
    await connection.leave('this gateway is shutting down', reconnectAfterMs, ANSWER_GRACE_MS);
    await gone;
  }
}
