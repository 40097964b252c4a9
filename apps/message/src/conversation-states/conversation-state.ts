import type { ConversationId, ConversationState, Preview, Seq } from '#contracts';
import type { ConversationNumbers } from '../store/seq.repository.js';
import type { UserWindow } from '../store/user-window.repository.js';

/** A reader's numbers: only what lies in his window counts. */
export function stateOf(conversationId: ConversationId, window: UserWindow, numbers: ConversationNumbers): ConversationState {
  return {
    conversationId,
    minSeq: Math.max(window.minSeq, numbers.minSeq) as Seq,
    maxSeq: numbers.maxSeq,
    readSeq: window.readSeq,
    unread: Math.max(0, numbers.counted - window.readCounted),
    lastAt: previewFor(window, numbers)?.sentAt ?? 0,
    openedAt: window.openedAt,
  };
}

/** The latest message, for who may read it. */
export function previewFor(
  window: Pick<UserWindow, 'minSeq'>,
  { last, minSeq }: Pick<ConversationNumbers, 'last' | 'minSeq'>,
): Preview | null {
  return last && last.seq >= Math.max(window.minSeq, minSeq) ? last : null;
}
