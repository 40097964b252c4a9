import type { Duplex } from 'node:stream';
import type { ConversationId, Seq } from '#contracts';
import type { Clock } from '#kernel';
import { pushFrame } from '../delivery/push-frame.js';
import type { DeliveryMetrics } from '../delivery/delivery-metrics.js';

/** With more bytes waiting than this a socket gets hints in place of bodies, until all of them have gone. */
const HINT_ABOVE_BYTES = 256 * 1024;
/** A socket with more waiting, or that hasn't drained for this long, is given up. */
const GIVE_UP_ABOVE_BYTES = 2 * 1024 * 1024;
const GIVE_UP_AFTER_MS = 30_000;
/** More is not held back for the rest of the tick: what then still waits, waits for the client. */
const CORK_BYTES = 32 * 1024;

/**
 * What goes out on one socket, in order. Frames are written raw, past `ws`: each is built once for all its sockets. That is safe because
 * nothing is compressed, so `ws` itself never holds a frame back.
 */
export class OutgoingQueue {
  private readonly hints = new Map<ConversationId, Seq>();
  private congestedSince: number | undefined;
  private corked = false;
  private wrote = false;

  constructor(
    private readonly socket: Duplex,
    private readonly metrics: DeliveryMetrics,
    private readonly clock: Clock,
  ) {
    socket.on('drain', () => this.drained());
  }

  write(frame: Buffer): void {
    if (!this.socket.writable) return;
    this.cork();
    this.wrote = true;
    this.socket.write(frame);
    if (this.corked && this.socket.writableLength > CORK_BYTES) this.uncork();
    if (this.socket.writableLength > HINT_ABOVE_BYTES) this.congestedSince ??= this.clock.now();
  }

  /** A message, or while the client reads too slowly a hint that it exists, once all that waits has gone. */
  writeMessage(conversationId: ConversationId, seq: Seq, frame: () => Buffer): void {
    if (this.congestedSince === undefined) {
      this.metrics.bodyWritten();
      this.write(frame());
    } else {
      this.keepHint(conversationId, seq);
    }
  }

  /** That messages up to this seq exist, now or once all that waits has gone. */
  writeHint(conversationId: ConversationId, seq: Seq): void {
    this.keepHint(conversationId, seq);
    if (this.congestedSince === undefined) this.writeHints();
  }

  isStuck(now: number): boolean {
    if (this.congestedSince === undefined) return false;
    return this.socket.writableLength > GIVE_UP_ABOVE_BYTES || now - this.congestedSince > GIVE_UP_AFTER_MS;
  }

  /** Whether anything was written since the last call. */
  takeWrote(): boolean {
    const { wrote } = this;
    this.wrote = false;
    return wrote;
  }

  private drained(): void {
    this.congestedSince = undefined;
    this.writeHints();
  }

  private keepHint(conversationId: ConversationId, seq: Seq): void {
    this.hints.set(conversationId, Math.max(seq, this.hints.get(conversationId) ?? 0) as Seq);
  }

  private writeHints(): void {
    const hints = [...this.hints];
    this.hints.clear();
    for (const [conversationId, maxSeq] of hints) {
      this.metrics.hintWritten();
      this.write(pushFrame('hint', { conversationId, maxSeq }));
    }
  }

  /** What is written in one tick leaves in one system call. */
  private cork(): void {
    if (this.corked) return;
    this.corked = true;
    this.socket.cork();
    process.nextTick(() => this.uncork());
  }

  private uncork(): void {
    if (!this.corked) return;
    this.corked = false;
    this.socket.uncork();
  }
}
