import { isConversationId, type ConversationId } from '../ids/conversation-id.js';
import type { Seq } from '../ids/seq.js';
import { LIMITS } from '../limits.js';
import { checkedBy } from './checked-by.js';

/** What a client has: for each conversation the last seq up to which it lacks nothing. */
export type Cursors = Record<string, Seq>;

export const CURSORS_SCHEMA = {
  type: 'object',
  maxProperties: LIMITS.maxPageItems,
  additionalProperties: { type: 'integer', minimum: 0, maximum: LIMITS.maxSeq },
} as const;

export function isCursors(value: unknown): value is Cursors {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= LIMITS.maxPageItems && entries.every(([id, seq]) => isConversationId(id) && isSeq(seq));
}

/** 0 for a conversation that is not named. */
export function cursorOf(cursors: Cursors, conversationId: ConversationId): Seq {
  return Object.hasOwn(cursors, conversationId) ? (cursors[conversationId] as Seq) : (0 as Seq);
}

export function IsCursors(): PropertyDecorator {
  const rule = `must map at most ${LIMITS.maxPageItems} conversation ids to whole seqs from 0 on`;
  return checkedBy({ name: 'isCursors', check: isCursors, rule, schema: CURSORS_SCHEMA });
}

function isSeq(value: unknown): value is Seq {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
