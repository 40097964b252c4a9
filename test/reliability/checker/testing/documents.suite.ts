import { Binary } from 'mongodb';
import type { ClientMsgId, ConversationId, Message, Seq, UserId } from '#contracts';
import type { MessageBodyDocument } from '../../../../apps/message/src/store/message-body.document.js';
import type { MessageBucketDocument } from '../../../../apps/message/src/store/message-bucket.document.js';
import type { MessageKeyDocument } from '../../../../apps/message/src/store/message-key.document.js';
import { toSlot } from '../../../../apps/message/src/store/message-slot.mapper.js';
import type { ProgressDocument } from '../../../../apps/message/src/store/progress.document.js';
import type { SeqDocument } from '../../../../apps/message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../apps/message/src/store/user-window.document.js';
import { COMMAND_SENDER, messageKey, payloadHash } from '../../../../apps/message/src/train/message-key.js';
import { previewOf as excerptOf } from '../../../../apps/message/src/train/preview.js';
import type { StoredConversation, StoredGroup, StoredPage, StoredState } from '../stored/stored-state.js';
import { previewOf, type PerfectConversation, type PerfectMessage, type PerfectServer } from './perfect-server.suite.js';

export interface ConversationDocuments {
  seq: SeqDocument;
  buckets: MessageBucketDocument[];
  bodies: MessageBodyDocument[];
  keys: MessageKeyDocument[];
}

/** What a perfect server holds in the end, as documents that a test may spoil. */
export interface Documents {
  conversations: ConversationDocuments[];
  windows: UserWindowDocument[];
  progress: ProgressDocument[];
  groups: StoredGroup[];
  waiting: string[];
}

const LOG = 'message.send.v1/0';
const BUCKET_SIZE = 100;

export function documentsOf(server: PerfectServer): Documents {
  const all = [...server.conversations.values()].filter(({ messages, rules }) => messages.length + rules.length > 0);
  return {
    conversations: all.map(conversationDocuments),
    windows: all.flatMap(windowDocuments),
    progress: [{ _id: LOG, log: 'l', epoch: 0, offset: server.offset + 1 }],
    groups: all.filter(({ pair }) => !pair).map(({ id, members }) => groupDocument(id.slice(3), [...members])),
    waiting: [],
  };
}

export function stateOf(documents: Documents): StoredState {
  const { conversations, windows, progress, groups, waiting } = documents;
  return {
    conversations: () => each(conversations.map(storedConversation)),
    windows: () => each(windows),
    progress: () => Promise.resolve(progress),
    totals: () =>
      Promise.resolve({ buckets: sum(conversations, 'buckets'), bodies: sum(conversations, 'bodies'), keys: sum(conversations, 'keys') }),
    groups: () => each(groups),
    waiting: () => Promise.resolve(waiting),
  };
}

function storedConversation({ seq, buckets, bodies, keys }: ConversationDocuments): StoredConversation {
  const pages: StoredPage[] = [{ first: 0, end: 1, buckets: buckets.slice(0, 1), bodies, keys }];
  if (seq.max_seq > BUCKET_SIZE)
    pages.push({ first: 1, end: Math.ceil(seq.max_seq / BUCKET_SIZE), buckets: buckets.slice(1), bodies: [], keys });
  return { seq, pages: () => each(pages), keys: () => each([keys]) };
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  await Promise.resolve();
  yield* items;
}

function sum(conversations: readonly ConversationDocuments[], what: 'buckets' | 'bodies' | 'keys'): number {
  return conversations.reduce((total, conversation) => total + conversation[what].length, 0);
}

function conversationDocuments(conversation: PerfectConversation): ConversationDocuments {
  const { id, pair, messages, rules } = conversation;
  const preview = previewOf(conversation);
  const last = preview && excerptOf(messageOf(preview));
  const stored = messages.map((message) => toSlot(messageOf(message), message.counted));
  const buckets: MessageBucketDocument[] = [];
  stored.forEach(({ slot }, i) => {
    const index = Math.floor(i / BUCKET_SIZE);
    (buckets[index] ??= { _id: `${id}:${index}`, conversation_id: id, index, msgs: [] }).msgs.push(slot);
  });
  return {
    seq: {
      _id: id,
      ...(pair && { members: [...pair] }),
      max_seq: messages.length,
      min_seq: 1,
      counted: messages.at(-1)?.counted ?? 0,
      ...(last && { last: { seq: last.seq, sender_id: last.senderId, type: last.type, excerpt: last.excerpt, sent_at: last.sentAt } }),
      created_at: 0,
    },
    buckets,
    bodies: stored.flatMap(({ body }) => body ?? []),
    keys: [...messages.map(keyOf), ...rules.map((rule) => ruleKey(id, rule))],
  };
}

export function keyOf(message: PerfectMessage): MessageKeyDocument {
  const { conversationId, senderId, clientMsgId, seq, offset } = message;
  const _id = new Binary(messageKey(conversationId as ConversationId, senderId, clientMsgId));
  return { _id, place: offset, result: seq, time: offset, payload_hash: payloadHash(messageOf(message)) };
}

function ruleKey(conversationId: string, { id, offset, result }: PerfectConversation['rules'][number]): MessageKeyDocument {
  return { _id: new Binary(messageKey(conversationId as ConversationId, COMMAND_SENDER, id)), place: offset, result, time: offset };
}

export function messageOf({
  conversationId,
  seq,
  messageId,
  clientMsgId,
  senderId,
  content,
  counts,
  shows,
  offset,
}: PerfectMessage): Message {
  const options = { ...(!counts && { unreadCount: false }), ...(!shows && { conversationUpdate: false }) };
  return {
    conversationId: conversationId as ConversationId,
    seq: seq as Seq,
    messageId,
    clientMsgId: clientMsgId as ClientMsgId,
    senderId: senderId as UserId,
    senderNickname: senderId,
    senderAvatar: '',
    sessionType: 'group',
    type: 'text',
    content,
    ...(Object.keys(options).length > 0 && { options }),
    sentAt: offset,
    createdAt: offset,
    status: 'sent',
  };
}

function windowDocuments({ id, windows, messages }: PerfectConversation): UserWindowDocument[] {
  return [...windows].map(([userId, { open, minSeq, readSeq, changedAt }]) => ({
    _id: `${userId}|${id}`,
    user_id: userId,
    conversation_id: id,
    min_seq: minSeq,
    ...(!open && { closed: true as const }),
    changed_at: changedAt,
    opened_at: changedAt,
    read_seq: readSeq,
    read_counted: messages[readSeq - 1]?.counted ?? 0,
  }));
}

function groupDocument(groupId: string, members: string[]): StoredGroup {
  return { groupId, count: members.length, members, joined: [...members] };
}
