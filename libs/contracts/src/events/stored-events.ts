import type { ConversationId } from '../ids/conversation-id.js';
import type { Place, Seq } from '../ids/seq.js';
import type { UserId } from '../ids/user-id.js';
import type { Message } from '../message.js';

/**
 * The value of a record of `message.stored.v1`: what a train decided in one partition, in the log's order. The record lies in the
 * partition of the same number as the records of `message.send.v1` that it came from. Records are repeated after a crash, and a
 * zombie may publish late: a consumer drops every event that is not above the last (place, part) it saw of that partition.
 */
export interface StoredEvents {
  events: StoredEvent[];
}

/** Header `type` of the records of `message.stored.v1`. */
export const STORED_EVENTS = 'message.stored';

interface AtPlace {
  /** Of the inbound record that caused it. */
  place: Place;
  /** Among the events of one record: 0, 1, … */
  part: number;
}

export interface MessageStored extends AtPlace {
  kind: 'message';
  message: Message;
}

export interface WindowsOpened extends AtPlace {
  kind: 'windows.opened';
  conversationId: ConversationId;
  userIds: UserId[];
  /** The first seq that these users may read. */
  minSeq: Seq;
  /** The last seq before the windows opened. */
  maxSeq: Seq;
}

export interface WindowsClosed extends AtPlace {
  kind: 'windows.closed';
  conversationId: ConversationId;
  userIds: UserId[];
  maxSeq: Seq;
}

export interface ConversationDismissed extends AtPlace {
  kind: 'conversation.dismissed';
  conversationId: ConversationId;
  maxSeq: Seq;
}

export type StoredEvent = MessageStored | WindowsOpened | WindowsClosed | ConversationDismissed;
