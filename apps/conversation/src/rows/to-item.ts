import type { ConversationItem, Preview } from '#contracts';
import { sortedAtOf, type Row } from './sort-rows.js';

export function toItem(row: Row, latest: Preview | null): ConversationItem {
  const { conversationId, unread, minSeq, maxSeq, readSeq } = row.state;
  return { conversationId, ...row.settings, unread, minSeq, maxSeq, readSeq, latest, sortedAt: sortedAtOf(row) };
}
