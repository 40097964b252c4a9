import { isUtf8 } from 'node:buffer';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { HEADER, replyAddressOf, type ReceivedRecord, type ReplyAddress } from '#bus';
import {
  CloseWindows,
  DismissConversation,
  MESSAGE_COMMAND,
  OpenWindows,
  partitionKey,
  placeOf,
  problem,
  SendMessage,
  TOPIC,
  TOPICS,
} from '#contracts';
import type { InboundRecord, MessageCommand, UnreadableRecord } from './command.js';
import { COMMAND_SENDER, messageKey } from './message-key.js';

const REPLY_PARTITIONS = TOPICS.find(({ name }) => name === TOPIC.reply)?.partitions ?? 0;

/** Where a partition stands, as its progress document says. */
export interface PartitionPosition {
  epoch: number;
  /** Everything below this offset is decided. */
  offset: number;
}

/** Reads a record of `message.send.v1`; what is not a valid command comes back with the reason. */
export function readRecord(record: ReceivedRecord, position: PartitionPosition): InboundRecord | UnreadableRecord {
  const { partition, offset } = record;
  const reply = replyAddress(record);
  try {
    const command = readCommand(record.headers[HEADER.type] ?? '', record.value);
    if (partitionKey(command.body.conversationId) !== record.key)
      throw new Error(`the record's key is not that of ${command.body.conversationId}`);
    return {
      partition,
      offset,
      place: placeOf(position.epoch, offset),
      time: record.timestamp,
      redelivered: offset < position.offset,
      reply,
      keyId: keyOf(command).toString('hex'),
      command,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { partition, offset, reply, reason, error: problem('invalid_request', reason) };
  }
}

export function isUnreadable(record: InboundRecord | UnreadableRecord): record is UnreadableRecord {
  return 'reason' in record;
}

function readCommand(type: string, value: Buffer): MessageCommand {
  // Decoding would put something else in the place of what is none, and store that.
  if (!isUtf8(value)) throw new Error('the value is not UTF-8');
  const json: unknown = JSON.parse(value.toString('utf8'));
  switch (type) {
    case MESSAGE_COMMAND.send:
      return { kind: 'send', body: valid(SendMessage, json) };
    case MESSAGE_COMMAND.openWindows:
      return { kind: 'open', body: valid(OpenWindows, json) };
    case MESSAGE_COMMAND.closeWindows:
      return { kind: 'close', body: valid(CloseWindows, json) };
    case MESSAGE_COMMAND.dismiss:
      return { kind: 'dismiss', body: valid(DismissConversation, json) };
    default:
      throw new Error(`unknown command type "${type}"`);
  }
}

function valid<T extends object>(type: new () => T, json: unknown): T {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('the value is not a JSON object');
  const body = plainToInstance(type, json);
  const [first] = validateSync(body, { stopAtFirstError: true });
  if (first) throw new Error(Object.values(first.constraints ?? {}).join('; ') || `${first.property} is invalid`);
  return body;
}

function keyOf({ kind, body }: MessageCommand): Buffer {
  return kind === 'send'
    ? messageKey(body.conversationId, body.senderId, body.clientMsgId)
    : messageKey(body.conversationId, COMMAND_SENDER, body.commandId);
}

/** One bad address must not keep the others from their answers. */
function isReplyAddress(replyTo: string): boolean {
  const [partition = '', process] = replyTo.split('/', 2);
  return /^\d+$/.test(partition) && Number(partition) < REPLY_PARTITIONS && process !== undefined;
}

function replyAddress(record: ReceivedRecord): ReplyAddress | undefined {
  const address = replyAddressOf(record);
  return address && isReplyAddress(address.replyTo) ? address : undefined;
}
