import fc from 'fast-check';
import { groupConversation, type ConversationSettings, type ConversationState, type GroupId } from '#contracts';
import { DEFAULT_SETTINGS } from '../settings/apply-settings.js';
import type { Row } from './sort-rows.js';

/** Times are few, so that many rows tie. */
const times = fc.integer({ min: 0, max: 4 });

const settings: fc.Arbitrary<ConversationSettings> = fc
  .record({ pinned: fc.boolean(), muted: fc.boolean(), draftAt: times })
  .map((some) => ({ ...DEFAULT_SETTINGS, ...some, draft: some.draftAt > 0 ? 'x' : '' }));

const numbers = fc.record({ lastAt: times, openedAt: fc.integer({ min: 1, max: 4 }) });

function rowOf(id: string, state: { lastAt: number; openedAt: number }, some: ConversationSettings): Row {
  const conversationId = groupConversation(id as GroupId);
  const seqs = { minSeq: 1, maxSeq: 1, readSeq: 0 } as Pick<ConversationState, 'minSeq' | 'maxSeq' | 'readSeq'>;
  return { state: { conversationId, unread: 0, ...seqs, ...state }, settings: some };
}

const row = fc.tuple(fc.stringMatching(/^[a-zA-Z0-9-][a-zA-Z0-9.-]{0,2}$/), numbers, settings).map((parts) => rowOf(...parts));

/** Rows of different conversations, in any order. */
export const anyRows = fc.uniqueArray(row, { selector: ({ state }) => state.conversationId, maxLength: 30 });

export function idsOf(rows: readonly Row[]): string[] {
  return rows.map(({ state }) => state.conversationId);
}
