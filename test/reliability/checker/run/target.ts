import { directConversation, groupConversation, type GroupId, type UserId } from '#contracts';
import type { Target } from '../../history/history.js';

/** The conversation that a send of this user goes to. */
export function conversationOf(to: Target, userId: string): string {
  if ('conversationId' in to) return to.conversationId;
  return 'groupId' in to ? groupConversation(to.groupId as GroupId) : directConversation(userId as UserId, to.userId as UserId);
}
