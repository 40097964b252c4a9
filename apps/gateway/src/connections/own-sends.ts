import type { ClientMsgId, ConversationId, Message, UserId } from '#contracts';

/** More than can be unanswered, for the stored event may come after the answer. */
const MAX_REMEMBERED = 256;

type Sent = Pick<Message, 'conversationId' | 'senderId' | 'clientMsgId'>;

/** What this socket has sent: it gets the answer, and no push of its own message. */
export class OwnSends {
  /** In the order of sending. */
  private readonly sent = new Set<string>();

  add(message: Sent): void {
    this.sent.add(keyOf(message));
    if (this.sent.size <= MAX_REMEMBERED) return;
    for (const oldest of this.sent) {
      this.sent.delete(oldest);
      return;
    }
  }

  /** The send failed, or its answer did: should it be stored after that, the socket is told like any other. */
  forget(message: Sent): void {
    this.sent.delete(keyOf(message));
  }

  /** Whether it is one of ours; asked once for each message. */
  take(message: Sent): boolean {
    return this.sent.size > 0 && this.sent.delete(keyOf(message));
  }
}

function keyOf({
  conversationId,
  senderId,
  clientMsgId,
}: {
  conversationId: ConversationId;
  senderId: UserId;
  clientMsgId: ClientMsgId;
}): string {
  return `${conversationId}|${senderId}|${clientMsgId}`;
}
