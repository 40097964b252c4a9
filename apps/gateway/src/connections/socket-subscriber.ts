import type { ConversationId, Message, Seq } from '#contracts';
import type { Subscriber } from '../delivery/subscriber.js';
import type { OutgoingQueue } from './outgoing-queue.js';
import type { OwnSends } from './own-sends.js';

/** `connecting`: what comes is told in the answer to `connect`. `answering`: that answer is made, and not written. `live`: pushed. */
type State = 'connecting' | 'answering' | 'live';

/** A socket's end of delivery. Nothing is pushed before its `connect` is answered, and nothing gets lost in between. */
export class SocketSubscriber implements Subscriber {
  private readonly missed = new Map<ConversationId, Seq>();
  private held: (() => void)[] = [];
  private state: State = 'connecting';

  constructor(
    private readonly queue: OutgoingQueue,
    private readonly ownSends: OwnSends,
  ) {}

  message(message: Message, frame: () => Buffer): void {
    const { conversationId, seq } = message;
    if (this.state === 'connecting') this.missed.set(conversationId, Math.max(seq, this.missed.get(conversationId) ?? 0) as Seq);
    else if (this.state === 'answering') this.held.push(() => this.queue.writeMessage(conversationId, seq, frame));
    else if (!this.ownSends.take(message)) this.queue.writeMessage(conversationId, seq, frame);
  }

  push(frame: Buffer): void {
    if (this.state === 'live') this.queue.write(frame);
    else this.held.push(() => this.queue.write(frame));
  }

  /** The conversations of messages that came so far; their bodies are gone. Everything later is pushed. */
  startAnswering(): ReadonlyMap<ConversationId, Seq> {
    this.state = 'answering';
    return this.missed;
  }

  /** The `connect` failed: the next one may be another user's. */
  forget(): void {
    this.state = 'connecting';
    this.missed.clear();
    this.held = [];
  }

  /** The answer to `connect` is written. */
  goLive(): void {
    this.state = 'live';
    for (const write of this.held) write();
    this.held = [];
    this.missed.clear();
  }
}
