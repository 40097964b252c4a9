import { parseConversationId, type ConversationId, type Message, type Place, type Preview, type Seq, type UserId } from '#contracts';
import { addressOf } from '../bucket/bucket-address.js';
import type { Decision, Ruled, Stored } from './decision.js';
import type { KeyFacts } from './train-state.js';

export interface ConversationWrite {
  conversationId: ConversationId;
  /** Set when the train makes the conversation. */
  created: { members: UserId[] | undefined; at: number } | undefined;
  /** How many seqs it takes, and how many of them count as unread. */
  seqs: number;
  counted: number;
  last: Preview | undefined;
  dismissed: boolean;
}

export interface SlotWrite {
  slot: number;
  message: Message;
  /** Messages that count as unread, up to and with this one. */
  counted: number;
}

export interface BucketWrite {
  conversationId: ConversationId;
  index: number;
  /** Ascending, without gaps. */
  slots: SlotWrite[];
}

export interface KeyWrite extends KeyFacts {
  keyId: string;
}

export interface WindowWrite {
  conversationId: ConversationId;
  userId: UserId;
  open: boolean;
  minSeq: Seq;
  changedAt: Place;
  /** When, milliseconds since the epoch. */
  time: number;
  /** Where the cursor of who gets a window begins: what was there is not unread. */
  readSeq: Seq;
  readCounted: number;
}

/** Everything that one train changes, apart from its progress. */
export interface TrainWrites {
  conversations: ConversationWrite[];
  buckets: BucketWrite[];
  keys: KeyWrite[];
  /** In the order of the decisions: a window may change twice in a train. */
  windows: WindowWrite[];
}

export function planWrites(decisions: readonly Decision[]): TrainWrites {
  const conversations = new Map<ConversationId, ConversationWrite>();
  const buckets = new Map<string, BucketWrite>();
  const writes: TrainWrites = { conversations: [], buckets: [], keys: [], windows: [] };
  for (const decision of decisions) {
    if (decision.kind !== 'stored' && decision.kind !== 'ruled') continue;
    writes.keys.push({ keyId: decision.record.keyId, ...decision.key });
    writes.windows.push(...windowsOf(decision));
    planConversation(decision, conversations);
    if (decision.kind === 'stored') planSlot(decision, buckets);
  }
  return { ...writes, conversations: [...conversations.values()], buckets: [...buckets.values()] };
}

function planConversation(decision: Stored | Ruled, conversations: Map<ConversationId, ConversationWrite>): void {
  const { conversationId, before, after, record } = decision;
  const created = before ? undefined : { members: membersOf(conversationId), at: record.time };
  const write = conversations.get(conversationId) ?? { conversationId, created, seqs: 0, counted: 0, last: undefined, dismissed: false };
  write.seqs += after.maxSeq - (before?.maxSeq ?? 0);
  write.counted += after.counted - (before?.counted ?? 0);
  write.dismissed ||= after.dismissed;
  if (after.last !== before?.last) write.last = after.last;
  conversations.set(conversationId, write);
}

function planSlot({ conversationId, key, message, counted }: Stored, buckets: Map<string, BucketWrite>): void {
  const { index, slot } = addressOf(key.result);
  const id = `${conversationId}:${index}`;
  const bucket = buckets.get(id) ?? { conversationId, index, slots: [] };
  bucket.slots.push({ slot, message, counted });
  buckets.set(id, bucket);
}

function windowsOf(decision: Stored | Ruled): WindowWrite[] {
  const { conversationId, record, before, after } = decision;
  const at = { conversationId, changedAt: record.place, time: record.time };
  if (decision.kind === 'ruled') {
    return decision.windows.map((change) => ({ ...at, ...change, readSeq: after.maxSeq, readCounted: after.counted }));
  }
  const members = before ? [] : (membersOf(conversationId) ?? []);
  return members.map((userId) => ({ ...at, userId, open: true, minSeq: 1 as Seq, readSeq: 0 as Seq, readCounted: 0 }));
}

/** Of a conversation of two; of one with himself, that one. */
function membersOf(conversationId: ConversationId): UserId[] | undefined {
  const parsed = parseConversationId(conversationId);
  return parsed?.kind === 'direct' ? [...new Set(parsed.members)] : undefined;
}
