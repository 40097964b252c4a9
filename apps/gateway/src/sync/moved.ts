import { cursorOf, LIMITS, type Cursors, type Moved } from '#contracts';

export const MAX_MOVED = LIMITS.maxPageItems;

/** Whether there is something to read beyond the client's cursor. A window that has just opened has nothing yet. */
export function isBeyond({ conversationId, minSeq, maxSeq }: Moved, cursors: Cursors): boolean {
  return maxSeq >= minSeq && maxSeq > cursorOf(cursors, conversationId);
}

/** Conversation ids are ASCII: this is the order of their bytes, which is the message service's. */
export function byConversationId(a: Moved, b: Moved): number {
  if (a.conversationId === b.conversationId) return 0;
  return a.conversationId < b.conversationId ? -1 : 1;
}
