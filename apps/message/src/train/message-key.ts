import { createHash } from 'node:crypto';
import { partitionKey, type ConversationId, type SendMessage } from '#contracts';

/** Who issued a command: a user, or `@` for the outbox of a service (no user id contains it). */
export const COMMAND_SENDER = '@';

/**
 * The id of a command's key: 8 bytes of the conversation's hash, so that one conversation's keys lie together in the index, then 12
 * bytes of the hash of sender and client message id, each with its length before it so that no two pairs read alike.
 */
export function messageKey(conversation: ConversationId, sender: string, clientId: string): Buffer {
  const prefix = sha256(partitionKey(conversation)).subarray(0, 8);
  const rest = sha256(`${conversation.length}:${conversation}${sender.length}:${sender}${clientId.length}:${clientId}`).subarray(0, 12);
  return Buffer.concat([prefix, rest]);
}

/** What a message is called outside: its key, readable. Every repetition of a send gets the same. */
export function messageIdOf(key: Buffer): string {
  return key.toString('base64url');
}

/** Of what the sender decided about the message: a repeated id with another hash is another message. Not of what the gateway adds. */
export function payloadHash(send: SendMessage): string {
  const decided = [send.type, send.content, send.mentions ?? [], send.ex ?? '', Object.entries(send.options ?? {}).sort()];
  return sha256(JSON.stringify(decided)).subarray(0, 12).toString('base64url');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
