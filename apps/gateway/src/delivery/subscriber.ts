import type { ConversationId, Message, Seq } from '#contracts';

/** One socket as delivery sees it. Everything is taken at once or dropped; nothing here waits. */
export interface Subscriber {
  /** A message that the user may read. `frame` is built at the first call, once for all sockets. */
  message(message: Message, frame: () => Buffer): void;
  /** Any other push, as a ready frame; `seq` rules apply to messages alone. */
  push(frame: Buffer): void;
}

/** The messages of a conversation up to this seq were stored, and may not have been delivered. */
export interface Passed {
  conversationId: ConversationId;
  seq: Seq;
}
