import { Binary } from 'mongodb';
import fc from 'fast-check';
import { HEADER } from '#bus';
import {
  directConversation,
  groupConversation,
  MESSAGE_COMMAND,
  parseConversationId,
  partitionKey,
  type ConversationId,
  type GroupId,
  type UserId,
} from '#contracts';
import { bucketId, addressOf } from '../../../../message/src/bucket/bucket-address.js';
import type { MessageBucketDocument } from '../../../../message/src/store/message-bucket.document.js';
import { toSlot } from '../../../../message/src/store/message-slot.mapper.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import { decideTrain } from '../../../../message/src/train/decide.js';
import type { Decision } from '../../../../message/src/train/decision.js';
import { readRecord } from '../../../../message/src/train/read-record.js';
import { TrainState } from '../../../../message/src/train/train-state.js';
import { planWrites } from '../../../../message/src/train/train-writes.js';
import type { ConversationDocuments } from './whole-conversation.suite.js';

export const alice = 'alice' as UserId;
const bob = 'bob' as UserId;
export const direct = directConversation(alice, bob);
export const team = groupConversation('team' as GroupId);

/** What a sender decides about a message, as far as it shapes what is stored. */
export interface Sent {
  sender: UserId;
  bytes: number;
  counts: boolean;
  shows: boolean;
}

export const sent: fc.Arbitrary<Sent> = fc.record({
  sender: fc.constantFrom(alice, bob),
  bytes: fc.constantFrom(10, 200, 300, 4000, 5000, 20_000),
  counts: fc.boolean(),
  shows: fc.boolean(),
});

export const plain = (count: number): Sent[] =>
  Array.from({ length: count }, (_, i) => ({ sender: i % 2 ? alice : bob, bytes: 20, counts: true, shows: true }));

const EMPTY = { key: () => undefined, conversation: () => undefined, window: () => undefined };

/** What the message service's own code makes of these messages, the way it writes them. */
export function storedConversation(conversation: ConversationId, messages: readonly Sent[]): ConversationDocuments {
  const isGroup = parseConversationId(conversation)?.kind === 'group';
  const rule = { commandId: 'rule', conversationId: conversation, userIds: [alice, bob], history: 'all' };
  const commands = [
    ...(isGroup ? [[MESSAGE_COMMAND.openWindows, rule] as const] : []),
    ...messages.map((message, i) => [MESSAGE_COMMAND.send, commandOf(conversation, message, i)] as const),
  ];
  const records = commands.map(([type, body], i) => {
    const value = Buffer.from(JSON.stringify(body));
    const record = { topic: 'in', partition: 0, key: partitionKey(conversation), value, headers: { [HEADER.type]: type } };
    return readRecord({ ...record, offset: 10 + 3 * i, timestamp: 1000 + i }, { epoch: 1, offset: 0 });
  });
  return documentsOf(conversation, decideTrain(records, new TrainState(EMPTY)), 10 + 3 * records.length);
}

function commandOf(conversationId: ConversationId, { sender, bytes, counts, shows }: Sent, i: number): object {
  const options = { ...(!counts && { unreadCount: false }), ...(!shows && { conversationUpdate: false }) };
  return {
    conversationId,
    senderId: sender,
    clientMsgId: `m-${i}`,
    senderNickname: sender,
    senderAvatar: '',
    type: 'text',
    content: JSON.stringify({ text: `${i} ${'ä'.repeat(bytes / 2)}` }),
    ...(Object.keys(options).length > 0 && { options }),
    createdAt: i,
  };
}

function documentsOf(conversation: ConversationId, decisions: readonly Decision[], offset: number): ConversationDocuments {
  const writes = planWrites(decisions);
  const [written] = writes.conversations;
  const stored = decisions.filter((decision) => decision.kind === 'stored').map(({ message, counted }) => toSlot(message, counted));
  const buckets = new Map<string, MessageBucketDocument>();
  for (const { slot } of stored) {
    const { index } = addressOf(slot.msg.seq as never);
    const _id = bucketId(conversation, index);
    const bucket = buckets.get(_id) ?? { _id, conversation_id: conversation, index, msgs: [] };
    bucket.msgs.push(slot);
    buckets.set(_id, bucket);
  }
  const last = written?.last;
  return {
    seq: {
      _id: conversation,
      max_seq: written?.seqs ?? 0,
      min_seq: 1,
      counted: written?.counted ?? 0,
      created_at: 1000,
      ...(written?.created?.members && { members: written.created.members }),
      ...(last && { last: { seq: last.seq, sender_id: last.senderId, type: last.type, excerpt: last.excerpt, sent_at: last.sentAt } }),
    },
    buckets: [...buckets.values()],
    bodies: stored.flatMap(({ body }) => body ?? []),
    keys: writes.keys.map(({ keyId, place, result, time, payloadHash }) => ({
      _id: new Binary(Buffer.from(keyId, 'hex')),
      place,
      result,
      time,
      ...(payloadHash !== '' && { payload_hash: payloadHash }),
    })),
    windows: writes.windows.map(({ userId, minSeq, changedAt, time }): UserWindowDocument => ({
      _id: `${userId}|${conversation}`,
      user_id: userId,
      conversation_id: conversation,
      min_seq: minSeq,
      changed_at: changedAt,
      opened_at: time,
      read_seq: 0,
      read_counted: 0,
    })),
    progress: { epoch: 1, offset },
  };
}
