import type { ConversationId, ConversationSettings, ConversationState } from '#contracts';

/** A user's numbers in one conversation, with his settings of it: all that sorts it. */
export interface Row {
  state: ConversationState;
  settings: ConversationSettings;
}

/** A row's place in the list. */
export interface SortKey {
  pinned: boolean;
  sortedAt: number;
  conversationId: ConversationId;
}

/** The later of the latest message and the draft; without either, when the conversation opened. */
export function sortedAtOf({ state, settings }: Row): number {
  return Math.max(state.lastAt, settings.draftAt) || state.openedAt;
}

export function sortKeyOf(row: Row): SortKey {
  return { pinned: row.settings.pinned, sortedAt: sortedAtOf(row), conversationId: row.state.conversationId };
}

/** Pinned first, then the latest first, then by conversation id: a total order. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  if (a.sortedAt !== b.sortedAt) return b.sortedAt - a.sortedAt;
  return a.conversationId < b.conversationId ? -1 : Number(a.conversationId > b.conversationId);
}
