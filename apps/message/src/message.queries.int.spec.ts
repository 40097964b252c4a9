import { groupConversation, placeOf, type ConversationId, type GroupId, type Message, type Seq, type UserId } from '#contracts';
import type { Database, Transaction } from '#storage';
import { holdQueries } from '../../../libs/storage/src/query-catalogue/service-queries.suite.js';
import type { CataloguedCall } from '../../../libs/storage/src/query-catalogue/query-catalogue.js';
import { MessageBucketRepository } from './store/message-bucket.repository.js';
import { MessageKeyRepository } from './store/message-key.repository.js';
import { MESSAGE_COLLECTIONS } from './store/message.collections.js';
import { ProgressRepository } from './store/progress.repository.js';
import { SeqRepository } from './store/seq.repository.js';
import { UserWindowRepository } from './store/user-window.repository.js';

const conversationId = groupConversation('team' as GroupId);
const userId = 'alice' as UserId;
const id = { conversationId, userId };
const keyId = 'ab'.repeat(20);

const message: Message = {
  conversationId,
  seq: 1 as Seq,
  messageId: 'm',
  clientMsgId: 'c' as Message['clientMsgId'],
  sessionType: 'group',
  senderId: userId,
  senderNickname: '',
  senderAvatar: '',
  type: 'text',
  content: JSON.stringify('x'.repeat(5000)),
  sentAt: 1,
  createdAt: 1,
  status: 'sent',
};
const at = (seq: number): Message => ({ ...message, seq: seq as Seq });

describe('the queries of the message service', () => {
  holdQueries({ service: 'message', collections: MESSAGE_COLLECTIONS, callsOn });
});

function callsOn(database: Database): CataloguedCall[] {
  const progress = new ProgressRepository(database, 'message.send.v1');
  const seqs = new SeqRepository(database);
  const buckets = new MessageBucketRepository(database);
  const keys = new MessageKeyRepository(database);
  const windows = new UserWindowRepository(database);
  const within = (work: (transaction: Transaction) => Promise<unknown>) => () => database.transaction(work);
  const created = { members: undefined, at: 1 };
  const write = { conversationId, seqs: 2, counted: 2, last: undefined, dismissed: false };
  const key = { keyId, place: placeOf(0, 1), result: 1 as Seq, time: 1, payloadHash: 'h' };
  const opened = { ...id, open: true, minSeq: 1 as Seq, changedAt: placeOf(0, 1), time: 1, readSeq: 0 as Seq, readCounted: 0 };
  return [
    { method: 'ProgressRepository.loadOrBegin', run: () => progress.loadOrBegin(0, 'log') },
    { method: 'ProgressRepository.advance', run: within((session) => progress.advance(session, [{ partition: 0, from: 0, to: 2 }])) },
    { method: 'ProgressRepository.adopt', run: () => progress.adopt(0, 'log', 0) },
    { method: 'SeqRepository.allocate', run: within((session) => seqs.allocate(session, [{ ...write, created }])) },
    { method: 'SeqRepository.load', run: () => seqs.load([conversationId]) },
    { method: 'MessageBucketRepository.append', run: within((session) => buckets.append(session, bucket(0, 1))) },
    { method: 'MessageBucketRepository.append', run: within((session) => buckets.append(session, bucket(1, 2))) },
    { method: 'MessageBucketRepository.between', run: () => buckets.between(conversationId, 1 as Seq, 2 as Seq) },
    { method: 'MessageBucketRepository.countedAt', run: () => buckets.countedAt(conversationId, 2 as Seq) },
    { method: 'MessageKeyRepository.add', run: within((session) => keys.add(session, [key])) },
    { method: 'MessageKeyRepository.load', run: () => keys.load([keyId]) },
    { method: 'UserWindowRepository.change', run: within((session) => windows.change(session, [opened, { ...opened, open: false }])) },
    { method: 'UserWindowRepository.load', run: () => windows.load([id]) },
    { method: 'UserWindowRepository.find', run: () => windows.find(id) },
    { method: 'UserWindowRepository.listOpen', run: () => windows.listOpen(userId, undefined, 10) },
    { method: 'UserWindowRepository.listOpen', run: () => windows.listOpen(userId, 'sg_a' as ConversationId, 10) },
    { method: 'UserWindowRepository.list', run: () => windows.list(userId, undefined, 10) },
    { method: 'UserWindowRepository.list', run: () => windows.list(userId, 'sg_a' as ConversationId, 10) },
    { method: 'UserWindowRepository.advanceCursors', run: () => windows.advanceCursors([{ ...id, readSeq: 1 as Seq, readCounted: 1 }]) },
  ];
}

function bucket(slot: number, seq: number) {
  return [{ conversationId, index: 0, slots: [{ slot, message: at(seq), counted: seq }] }];
}
