import { Binary, type Document } from 'mongodb';
import type { ConversationId } from '#contracts';
import { messageKey } from '../../../message/src/train/message-key.js';
import { team } from '../../../message/src/train/message-world.suite.js';

export const pair = 'si_alice_bob' as ConversationId;

export type Change = (document: Document | undefined) => Document | undefined;

/** One document changed, made or deleted. */
export interface Damage {
  what: string;
  rule: string;
  where: string;
  id: unknown;
  change: Change;
}

const keyOf = (sender: string, id: string, conversation: ConversationId = pair) => new Binary(messageKey(conversation, sender, id));
export const msgsOf = (bucket: Document | undefined) => bucket!['msgs'] as { msg: Document }[];
const slots = (bucket: Document | undefined, change: (msgs: { msg: Document }[]) => void): Document => {
  const msgs = msgsOf(bucket);
  change(msgs);
  return { ...bucket, msgs };
};
const bucket5 = `${team}:5`;
const window = `alice|${team}`;

/** Each is found by its rule, in the store of run-check.int.spec.ts. */
export const damages: Damage[] = [
  { what: 'a slot was removed', rule: 'seqs', where: 'msg', id: bucket5, change: (d) => slots(d, (msgs) => msgs.splice(7, 1)) },
  {
    what: 'two slots were swapped',
    rule: 'seqs',
    where: 'msg',
    id: bucket5,
    change: (d) => slots(d, (msgs) => msgs.splice(3, 2, msgs[4]!, msgs[3]!)),
  },
  {
    what: 'a message was doubled under a new seq',
    rule: 'keys',
    where: 'msg',
    id: bucket5,
    change: (d) => slots(d, (msgs) => (msgs[4]!.msg = { ...msgs[3]!.msg, seq: 505 })),
  },
  {
    what: 'a seq was given twice',
    rule: 'seqs',
    where: 'msg',
    id: bucket5,
    change: (d) => slots(d, (msgs) => (msgs[4]!.msg['seq'] = 504)),
  },
  { what: 'a bucket is gone', rule: 'buckets', where: 'msg', id: `${team}:2`, change: () => undefined },
  { what: 'a bucket became an object', rule: 'buckets', where: 'msg', id: bucket5, change: (d) => ({ ...d, msgs: { 37: msgsOf(d)[0] } }) },
  {
    what: 'a message lacks its fields',
    rule: 'seqs',
    where: 'msg',
    id: bucket5,
    change: (d) => slots(d, (msgs) => (msgs[4]!.msg = { seq: 505 })),
  },
  { what: 'max_seq was set back', rule: 'seqs', where: 'seq', id: team, change: (d) => ({ ...d, max_seq: 619 }) },
  { what: 'a key is gone', rule: 'keys', where: 'msg_key', id: keyOf('alice', 'a'), change: () => undefined },
  { what: 'a key names another seq', rule: 'keys', where: 'msg_key', id: keyOf('alice', 'a'), change: (d) => ({ ...d, result: 2 }) },
  {
    what: 'a key has no message',
    rule: 'keys',
    where: 'msg_key',
    id: keyOf('alice', 'never sent'),
    change: () => ({ place: 1, result: 1, time: 1, payload_hash: 'x' }),
  },
  { what: 'a key is not decided yet', rule: 'keys', where: 'msg_key', id: keyOf('alice', 'a'), change: (d) => ({ ...d, place: 2 ** 39 }) },
  {
    what: 'a key belongs to no conversation',
    rule: 'orphans',
    where: 'msg_key',
    id: keyOf('alice', 'a', 'sg_gone' as ConversationId),
    change: () => ({ place: 1, result: 1, time: 1 }),
  },
  { what: 'a body is gone', rule: 'bodies', where: 'msg_body', id: `${team}:31`, change: () => undefined },
  { what: 'a body was changed', rule: 'bodies', where: 'msg_body', id: `${team}:31`, change: (d) => ({ ...d, content: '{}' }) },
  { what: 'a body is named by no slot', rule: 'bodies', where: 'msg_body', id: `${team}:32`, change: () => ({ content: '{}' }) },
  { what: 'a body is beyond the end', rule: 'orphans', where: 'msg_body', id: `${team}:9999`, change: () => ({ content: '{}' }) },
  {
    what: 'a bucket belongs to no conversation',
    rule: 'orphans',
    where: 'msg',
    id: 'sg_gone:0',
    change: () => ({ conversation_id: 'sg_gone', index: 0, msgs: [] }),
  },
  {
    what: 'a bucket is beyond the end',
    rule: 'orphans',
    where: 'msg',
    id: `${team}:40`,
    change: () => ({ conversation_id: team, index: 40, msgs: [] }),
  },
  {
    what: 'a count is off',
    rule: 'counts',
    where: 'msg',
    id: bucket5,
    change: (d) => slots(d, (msgs) => (msgs[4]!.msg['counted'] = 1)),
  },
  {
    what: 'a preview is of another message',
    rule: 'previews',
    where: 'seq',
    id: pair,
    change: (d) => ({ ...d, last: { ...d!['last'], seq: 1 } }),
  },
  {
    what: 'a preview is too long',
    rule: 'previews',
    where: 'seq',
    id: team,
    change: (d) => ({ ...d, last: { ...d!['last'], excerpt: 'x'.repeat(300) } }),
  },
  { what: 'a window begins behind the end', rule: 'windows', where: 'seq_user', id: window, change: (d) => ({ ...d, min_seq: 622 }) },
  {
    what: 'a window changed where nothing is decided',
    rule: 'windows',
    where: 'seq_user',
    id: window,
    change: (d) => ({ ...d, changed_at: 2 ** 39 }),
  },
  { what: 'a window of one of two is gone', rule: 'windows', where: 'seq_user', id: `bob|${pair}`, change: () => undefined },
  {
    what: 'a window is of no conversation',
    rule: 'windows',
    where: 'seq_user',
    id: 'bob|sg_gone',
    change: (d) => ({
      ...d,
      user_id: 'bob',
      conversation_id: 'sg_gone',
      min_seq: 1,
      read_seq: 0,
      read_counted: 0,
      changed_at: 0,
      closed: true,
    }),
  },
  { what: 'a cursor is beyond the end', rule: 'cursors', where: 'seq_user', id: window, change: (d) => ({ ...d, read_seq: 621 }) },
  {
    what: 'a cursor counts wrongly',
    rule: 'cursors',
    where: 'seq_user',
    id: window,
    change: (d) => ({ ...d, read_seq: 120, read_counted: 121 }),
  },
  { what: 'a member cannot read', rule: 'members', where: 'seq_user', id: `bob|${team}`, change: (d) => ({ ...d, closed: true }) },
  { what: 'a member has no window', rule: 'members', where: 'seq_user', id: `bob|${team}`, change: () => undefined },
  {
    what: 'a stranger can read',
    rule: 'members',
    where: 'seq_user',
    id: `carol|${team}`,
    change: (d) => ({ ...d, closed: undefined }),
  },
  { what: 'a member lacks the group in his list', rule: 'members', where: 'joined_group', id: 'bob|team', change: () => undefined },
  {
    what: 'a former member has the group in his list',
    rule: 'members',
    where: 'joined_group',
    id: 'carol|team',
    change: () => ({ user_id: 'carol', group_id: 'team' }),
  },
  {
    what: 'a stranger has a group in his list',
    rule: 'members',
    where: 'joined_group',
    id: 'dave|team',
    change: () => ({ user_id: 'dave', group_id: 'team' }),
  },
  { what: 'a group counts its members wrongly', rule: 'members', where: 'group', id: 'team', change: (d) => ({ ...d, member_count: 3 }) },
  {
    what: 'a group was dismissed and its conversation was not',
    rule: 'members',
    where: 'group',
    id: 'team',
    change: (d) => ({ ...d, status: 'dismissed' }),
  },
  {
    what: 'an outbox does not move',
    rule: 'outbox',
    where: 'group_outbox',
    id: 'crew|0000000000000009|00000000|x',
    change: () => ({ entity: 'crew', type: 'windows.open', created_at: new Date(0) }),
  },
];
