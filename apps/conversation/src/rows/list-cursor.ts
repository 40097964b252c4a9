import { isConversationId, problem } from '#contracts';
import type { SortKey } from './sort-rows.js';

/** A page cursor: opaque to clients; inside it is the place of the last row that was shown. */
export function formatListCursor({ pinned, sortedAt, conversationId }: SortKey): string {
  return Buffer.from(`${pinned ? 'p' : 'u'}${sortedAt.toString(36)}|${conversationId}`).toString('base64url');
}

export function parseListCursor(cursor: string): SortKey {
  const [, kind, at, conversationId] = /^([pu])([0-9a-z]{1,11})\|(.+)$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (at !== undefined && conversationId !== undefined && isConversationId(conversationId)) {
    const key = { pinned: kind === 'p', sortedAt: Number.parseInt(at, 36), conversationId };
    if (formatListCursor(key) === cursor) return key;
  }
  throw problem('invalid_cursor', `${cursor} is not a cursor of the list of conversations`);
}
