import type { Duplex } from 'node:stream';
import { newId, type Clock } from '#kernel';
import { CLOSE_CODES, type CloseReason } from '#contracts';
import type { RequestContext } from '#observability';
import type { Caller } from '../authentication/caller.js';
import type { DeliveryMetrics } from '../delivery/delivery-metrics.js';
import { pushFrame } from '../delivery/push-frame.js';
import type { Taken } from '../rate-limits/rate-limit.js';
import type { EdgeSocket } from './edge-socket.js';
import { FloodGuard } from './flood-guard.js';
import { Heartbeat } from './heartbeat.js';
import { OutgoingQueue } from './outgoing-queue.js';
import { OwnSends } from './own-sends.js';
import { RequestsInFlight } from './requests-in-flight.js';
import { SendLane } from './send-lane.js';
import { SocketSubscriber } from './socket-subscriber.js';

/** Time for the first successful `connect`. */
const CONNECT_WITHIN_MS = 10_000;

export interface ConnectionParts {
  ws: EdgeSocket;
  /** What `ws` speaks over: its own socket. */
  socket: Duplex;
  clock: Clock;
  metrics: DeliveryMetrics;
  takeFrame: () => Taken;
  newContext: () => RequestContext;
}

/** One WebSocket: its parts, who speaks on it, and its end. What frames mean is not known here. */
export class Connection {
  readonly id = newId();
  readonly queue: OutgoingQueue;
  readonly flood: FloodGuard;
  readonly inFlight = new RequestsInFlight();
  readonly lane = new SendLane();
  readonly ownSends = new OwnSends();
  readonly subscriber: SocketSubscriber;
  /** Undefined until `connect` is answered. */
  caller: Caller | undefined;
  /** While the first `connect` is being answered. */
  connecting = false;
  private readonly heartbeat: Heartbeat;
  private readonly openedAt: number;
  private closing = false;

  constructor(private readonly parts: ConnectionParts) {
    const { socket, clock, metrics, takeFrame, ws } = parts;
    this.openedAt = clock.now();
    this.heartbeat = new Heartbeat(this.openedAt);
    this.queue = new OutgoingQueue(socket, metrics, clock);
    this.flood = new FloodGuard(takeFrame);
    this.subscriber = new SocketSubscriber(this.queue, this.ownSends);
    ws.onOversize = () => this.sayClosing('protocol_error', 'a frame was larger than limits.maxFrameBytes');
    ws.on('pong', () => this.heartbeat.heard());
  }

  /** Whether it still listens: nothing that comes after the goodbye is looked at. */
  get isOpen(): boolean {
    return !this.closing && this.parts.ws.readyState === this.parts.ws.OPEN;
  }

  /** Of one more frame. */
  newContext(): RequestContext {
    return this.parts.newContext();
  }

  heard(): void {
    this.heartbeat.heard();
  }

  /** Called once, when the socket is gone, however it went; the returned function takes the listener back. */
  onClosed(listener: () => void): () => void {
    const { ws } = this.parts;
    ws.once('close', listener);
    return () => ws.off('close', listener);
  }

  /** Ends it: `closing` first, then the close code. `message` is for a person who reads the client's log. */
  close(reason: CloseReason, message: string, reconnectAfterMs?: number): void {
    if (!this.isOpen) return;
    this.sayClosing(reason, message, reconnectAfterMs);
    this.parts.ws.close(CLOSE_CODES[reason].code, reason);
  }

  /** Says goodbye now, and closes when everything asked before has been answered, or at the latest after `graceMs`. */
  async leave(message: string, reconnectAfterMs: number, graceMs: number): Promise<void> {
    if (!this.isOpen) return;
    this.sayClosing('going_away', message, reconnectAfterMs);
    await this.inFlight.settled(graceMs);
    this.parts.ws.close(CLOSE_CODES.going_away.code, 'going_away');
  }

  terminate(): void {
    this.parts.ws.terminate();
  }

  /** Everything that time does to a connection; called about once a second. */
  tick(now: number): void {
    if (!this.isOpen) return;
    if (!this.caller && now - this.openedAt > CONNECT_WITHIN_MS) this.close('connect_timeout', 'no connect succeeded in time');
    else if (this.caller?.kind === 'user' && now >= this.caller.expiresAt) this.close('token_expired', 'the access token has expired');
    else if (this.queue.isStuck(now)) this.close('slow_consumer', 'what was sent is not being read');
    else this.beat(now);
  }

  private beat(now: number): void {
    const state = this.heartbeat.look(now, { anything: this.queue.takeWrote() });
    if (state === 'dead') this.terminate();
    if (state !== 'ping') return;
    this.queue.write(pushFrame('ping', { serverTime: new Date(now).toISOString() }));
    // A browser's code can't see it, and its WebSocket answers it all the same: that is how a silent reader shows that it lives.
    this.parts.ws.ping();
  }

  private sayClosing(reason: CloseReason, message: string, reconnectAfterMs = 0): void {
    if (this.closing) return;
    this.closing = true;
    const { code, reconnect } = CLOSE_CODES[reason];
    this.queue.write(pushFrame('closing', { code, reason, reconnectAfterMs: reconnect ? reconnectAfterMs : null, message }));
  }
}
