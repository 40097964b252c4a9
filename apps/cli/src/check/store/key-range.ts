import { Binary } from 'mongodb';
import type { ConversationId } from '#contracts';
import { messageKey } from '../../../../message/src/train/message-key.js';

/** Keys of one conversation lie together: their ids begin with these bytes of its hash. */
export const PREFIX_BYTES = 8;
const ID_BYTES = 20;

export function prefixOf(conversation: ConversationId): Buffer {
  return messageKey(conversation, '', '').subarray(0, PREFIX_BYTES);
}

/** The ids with this prefix. (A notification log's keys lie with those of its conversation.) */
export function keysOf(conversation: ConversationId): { $gte: Binary; $lte: Binary } {
  const prefix = prefixOf(conversation);
  const rest = ID_BYTES - PREFIX_BYTES;
  return {
    $gte: new Binary(Buffer.concat([prefix, Buffer.alloc(rest, 0)])),
    $lte: new Binary(Buffer.concat([prefix, Buffer.alloc(rest, 0xff)])),
  };
}
