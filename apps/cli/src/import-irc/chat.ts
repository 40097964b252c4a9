import type { ClientMsgId, Seq, UserId } from '#contracts';
import type { SendStep } from '../irc/channel-log.js';

export interface Sent {
  clientMsgId: ClientMsgId;
  seq: Seq;
}

/** One group, as an import sees it. Every call is repeated by itself until it is answered, with the same ids. */
export interface Chat {
  /** Makes the group where it is missing. Whatever was asked of the group before is done when this resolves. */
  prepare(): Promise<void>;
  /** The latest message whose client message id begins so. */
  lastImported(prefix: string): Promise<Sent | undefined>;
  /** The first seq that he may read; undefined when he is out. */
  windowOf(userId: UserId): Promise<Seq | undefined>;
  /** Resolves when all are durable, stored in this order. At most `maxInFlight` of them. */
  send(steps: readonly SendStep[]): Promise<Sent[]>;
  /** As `join` for each of them, in one go. */
  admit(userIds: readonly UserId[]): Promise<void>;
  /** Resolves when he can send. Nothing happens when he is in. */
  join(userId: UserId): Promise<void>;
  /** Resolves when he can't read any more. Nothing happens when he is out. */
  leave(userId: UserId): Promise<void>;
}
