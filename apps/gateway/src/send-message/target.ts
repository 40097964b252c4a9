import {
  directConversation,
  groupConversation,
  parseConversationId,
  problem,
  type ConversationId,
  type GroupId,
  type UserId,
} from '#contracts';
import type { AppError } from '#kernel';
import type { SendRequest } from './send-message.input.js';

/** Where a message goes: a group's conversation, or that of two users with the other one named. */
export type Target = { conversationId: ConversationId } & ({ kind: 'direct'; receiverId: UserId } | { kind: 'group'; groupId: GroupId });

/** What the request names, as far as `senderId` may name it. Throws `invalid_request`, `conversation_not_found` or `forbidden`. */
export function targetOf(senderId: UserId, { conversationId, to }: Pick<SendRequest, 'conversationId' | 'to'>): Target {
  const named = [conversationId, to?.userId, to?.groupId].filter((name) => name !== undefined);
  if (named.length !== 1) throw wrong('/to', 'name one target: conversationId, to.userId or to.groupId');
  if (to?.userId) return direct(senderId, to.userId);
  if (to?.groupId) return { kind: 'group', groupId: to.groupId, conversationId: groupConversation(to.groupId) };
  return conversation(senderId, conversationId as ConversationId);
}

function direct(senderId: UserId, receiverId: UserId): Target {
  return { kind: 'direct', receiverId, conversationId: directConversation(senderId, receiverId) };
}

function conversation(senderId: UserId, conversationId: ConversationId): Target {
  const parsed = parseConversationId(conversationId);
  if (parsed?.kind === 'group') return { kind: 'group', groupId: parsed.groupId, conversationId };
  if (parsed?.kind === 'direct') return betweenTwo(senderId, parsed.members, conversationId);
  throw problem('forbidden', `only the server writes to ${conversationId}`);
}

function betweenTwo(senderId: UserId, [a, b]: readonly [UserId, UserId], conversationId: ConversationId): Target {
  if (senderId === a) return direct(senderId, b);
  if (senderId === b) return direct(senderId, a);
  throw problem('conversation_not_found', `${senderId} has no conversation ${conversationId}`);
}

function wrong(pointer: string, detail: string): AppError {
  return problem('invalid_request', detail, { errors: [{ pointer, code: 'required', detail }] });
}
