import { createHash } from 'node:crypto';

/** Of a message's content as it was sent or seen: short enough to keep for millions of messages. */
export function digestOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
}
