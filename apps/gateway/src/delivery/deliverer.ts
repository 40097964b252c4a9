import type {
  ConversationDismissed,
  ConversationId,
  Message,
  MessageStored,
  Seq,
  StoredEvent,
  UserId,
  WindowsClosed,
  WindowsOpened,
} from '#contracts';
import type { Clock } from '#kernel';
import type { ConnectedUser } from './connected-user.js';
import type { DeliveryMap } from './delivery-map.js';
import type { DeliveryMetrics } from './delivery-metrics.js';
import { messageFrame, pushFrame } from './push-frame.js';
import type { RecentSeqs } from './recent-seqs.js';

/** What becomes of one new event of `message.stored.v1` on this gateway: windows change, sockets get their pushes. */
export class Deliverer {
  /** While it is true windows change as ever, and nothing is sent. */
  private held = false;

  constructor(
    private readonly map: DeliveryMap,
    private readonly recent: RecentSeqs,
    private readonly metrics: DeliveryMetrics,
    private readonly clock: Clock,
  ) {}

  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
  }

  get isHeld(): boolean {
    return this.held;
  }

  handle(event: StoredEvent): void {
    switch (event.kind) {
      case 'message':
        this.stored(event);
        break;
      case 'windows.opened':
        this.opened(event);
        break;
      case 'windows.closed':
        this.closed(event);
        break;
      case 'conversation.dismissed':
        this.dismissed(event);
        break;
    }
  }

  private stored({ message }: MessageStored): void {
    const { conversationId, seq } = message;
    this.recent.saw(conversationId, seq);
    if (this.held) return;
    let built: Buffer | undefined;
    const frame = () => (built ??= messageFrame(message));
    for (const user of this.map.recipients(conversationId, seq)) {
      if (isForOthersAlone(message, user.userId)) continue;
      for (const subscriber of user.subscribers) subscriber.message(message, frame);
    }
    if (built) this.metrics.delivered(this.clock.now() - message.sentAt);
  }

  private opened({ conversationId, userIds, minSeq, maxSeq, place }: WindowsOpened): void {
    const users = this.map.change(conversationId, userIds, { open: true, minSeq, maxSeq, changedAt: place });
    this.push(users, () => pushFrame('conversation.opened', { conversationId, minSeq, maxSeq }));
  }

  private closed({ conversationId, userIds, maxSeq, place }: WindowsClosed): void {
    const users = this.map.change(conversationId, userIds, { open: false, minSeq: 0 as Seq, maxSeq, changedAt: place });
    this.pushClosed('conversation.closed', users, conversationId, maxSeq);
  }

  private dismissed({ conversationId, maxSeq }: ConversationDismissed): void {
    this.pushClosed('conversation.dismissed', this.map.readersOf(conversationId), conversationId, maxSeq);
  }

  private pushClosed(
    type: 'conversation.closed' | 'conversation.dismissed',
    users: ConnectedUser[],
    conversationId: ConversationId,
    maxSeq: Seq,
  ): void {
    this.push(users, () => pushFrame(type, { conversationId, maxSeq }));
  }

  private push(users: readonly ConnectedUser[], frame: () => Buffer): void {
    if (this.held || users.length === 0) return;
    const built = frame();
    for (const user of users) for (const subscriber of user.subscribers) subscriber.push(built);
  }
}

/** `senderSync: false` keeps a message from the sender's own sockets. */
function isForOthersAlone({ senderId, options }: Message, userId: UserId): boolean {
  return options?.senderSync === false && senderId === userId;
}
