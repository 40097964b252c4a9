import type { ClientMsgId, ConversationId, Message, Seq, UserId } from '#contracts';

/** More than can be unanswered, for the stored event may come after the answer. */
const MAX_REMEMBERED = 256;

type Sent = Pick<Message, 'conversationId' | 'senderId' | 'clientMsgId'>;

/** What this socket has sent: it gets the answer, and no push of its own message. */
export class OwnSends {
  /** In the order of sending, each with the seq of the message that was taken for it. */
  private readonly sent = new Map<string, Seq | undefined>();

  add(message: Sent): void {
    this.sent.set(keyOf(message), undefined);
    if (this.sent.size <= MAX_REMEMBERED) return;
    for (const oldest of this.sent.keys()) {
      this.sent.delete(oldest);
      return;
    }
  }

  /** The socket gets the seq with its answer. */
  answered(message: Sent): void {
    const key = keyOf(message);
    if (this.sent.get(key) !== undefined) this.sent.delete(key);
  }

  /**
   * The send failed, or its answer did: should it be stored after that, the socket is told like any other. The seq of what was taken for
   * it already, and not pushed: the same id may have been used, and stored, by another socket of the user.
   */
  forget(message: Sent): Seq | undefined {
    const key = keyOf(message);
    const taken = this.sent.get(key);
    this.sent.delete(key);
    return taken;
  }

  /** Whether it is one of ours; asked once for each message. */
  take(message: Sent & { seq: Seq }): boolean {
    if (this.sent.size === 0) return false;
    const key = keyOf(message);
    if (!this.sent.has(key) || this.sent.get(key) !== undefined) return false;
    this.sent.set(key, message.seq);
    return true;
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
