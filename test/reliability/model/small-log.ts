import { MESSAGE_COMMAND, partitionKey, type ConversationId } from '#contracts';
import { HEADER, type ReceivedRecord } from '#bus';
import { COMMAND_SENDER, messageKey } from '../../../apps/message/src/train/message-key.js';
import { CURSE } from './mongo/document-store.js';

/** A record of a small log, as its author meant it. */
export type Entry =
  | { kind: 'send'; from: string; to: string; id: string; text: string }
  | { kind: 'open' | 'close'; group: string; id: string; users: string[]; history?: 'all' | 'join' }
  | { kind: 'dismiss'; group: string; id: string }
  /** Bytes that no command can be read from. */
  | { kind: 'garbage'; group: string }
  /** A send that MongoDB refuses whenever it is tried. */
  | { kind: 'cursed'; from: string; to: string; id: string };

export interface SmallLog {
  name: string;
  /** What it is about. */
  about: string;
  /** The records of each partition of the inbound log. */
  partitions: Entry[][];
  /** How many things may go wrong in one run: kills, lost answers, unknown outcomes, rebalances, a restore. */
  troubles: number;
  /** As many of them as a quick search has time for; without it, a quick search leaves the log out. */
  quick?: number;
  /** `before`: all records are there from the start, and a train takes any beginning of them. `meanwhile`: they come one by one, and it takes all. */
  records: 'before' | 'meanwhile';
  /** How many processes may own partitions at the same time, whatever they believe (default: 2). */
  owners?: 1 | 2;
  /** What a train loads, it reads one collection after the other, in any order; else all at one moment. */
  slowReads?: boolean;
  /** Partitions are taken away and given back while trains run. */
  rebalances?: boolean;
  /** Every event in a stored record of its own. */
  splitEvents?: boolean;
  /** Senders' cursors are written; else MongoDB refuses them, which changes nothing else. */
  cursors?: boolean;
  /** MongoDB is backed up at some moment, and restored at a later one. */
  restore?: boolean;
}

export const FIRST_TIME = 1000;

export function contentOf(entry: Entry & { kind: 'send' | 'cursed' }): string {
  return JSON.stringify({ text: entry.kind === 'send' ? entry.text : CURSE });
}

export function conversationOf(entry: Entry): ConversationId {
  return ('to' in entry ? entry.to : entry.group) as ConversationId;
}

export function keyIdOf(entry: Entry): string | undefined {
  if (entry.kind === 'garbage') return undefined;
  return messageKey(conversationOf(entry), 'from' in entry ? entry.from : COMMAND_SENDER, entry.id).toString('hex');
}

/** The record as the log delivers it. */
export function receivedRecord(entry: Entry, partition: number, offset: number): ReceivedRecord {
  const { type, value } = encoded(entry);
  return {
    topic: 'message.send.v1',
    partition,
    offset,
    key: partitionKey(conversationOf(entry)),
    value: Buffer.from(value),
    headers: {
      [HEADER.type]: type,
      [HEADER.replyTo]: '0/asker',
      [HEADER.correlationId]: `${partition}/${offset}`,
      [HEADER.requestId]: 'request',
    },
    timestamp: FIRST_TIME + offset,
  };
}

function encoded(entry: Entry): { type: string; value: string } {
  const conversationId = conversationOf(entry);
  switch (entry.kind) {
    case 'send':
    case 'cursed': {
      const sender = { senderId: entry.from, senderNickname: entry.from, senderAvatar: '' };
      const send = { conversationId, ...sender, clientMsgId: entry.id, type: 'text', content: contentOf(entry), createdAt: 1 };
      return { type: MESSAGE_COMMAND.send, value: JSON.stringify(send) };
    }
    case 'open': {
      const { id: commandId, users: userIds, history = 'join' } = entry;
      return { type: MESSAGE_COMMAND.openWindows, value: JSON.stringify({ commandId, conversationId, userIds, history }) };
    }
    case 'close':
      return {
        type: MESSAGE_COMMAND.closeWindows,
        value: JSON.stringify({ commandId: entry.id, conversationId, userIds: entry.users }),
      };
    case 'dismiss':
      return { type: MESSAGE_COMMAND.dismiss, value: JSON.stringify({ commandId: entry.id, conversationId }) };
    case 'garbage':
      return { type: MESSAGE_COMMAND.send, value: '{' };
  }
}
