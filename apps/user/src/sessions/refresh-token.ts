import { createHash, createHmac } from 'node:crypto';
import { randomToken } from '#kernel';
import { isUserId, type UserId } from '#contracts';

/**
 * A refresh token: whose it is, what all tokens of its session have in common, and what it alone has. Only hashes of the last two
 * are stored. Whoever shows the family without the present secret has an old token of ours, not one that was made up.
 */
export interface RefreshToken {
  userId: UserId;
  deviceId: string;
  family: string;
  secret: string;
}

const FAMILY_BYTES = 16;
const PART = /^[A-Za-z0-9_-]+$/;

export function newRefreshToken(userId: UserId, deviceId: string): RefreshToken {
  return { userId, deviceId, family: randomToken(FAMILY_BYTES), secret: randomToken() };
}

/** The next token of the session. The salt is stored: with it, and the old token, the same next token can be made again. */
export function nextRefreshToken(token: RefreshToken, salt: string): RefreshToken {
  return { ...token, secret: createHmac('sha256', token.secret).update(salt).digest('base64url') };
}

export function newSalt(): string {
  return randomToken();
}

export function formatRefreshToken({ userId, deviceId, family, secret }: RefreshToken): string {
  return `${Buffer.from(`${userId}|${deviceId}`).toString('base64url')}.${family}.${secret}`;
}

/** Undefined for what is no refresh token of this server. */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [owner = '', family = '', secret = '', ...rest] = text.split('.');
  if (rest.length > 0 || ![owner, family, secret].every((part) => PART.test(part))) return undefined;
  const key = Buffer.from(owner, 'base64url').toString();
  const bar = key.indexOf('|');
  const userId = key.slice(0, Math.max(bar, 0));
  const deviceId = key.slice(bar + 1);
  return isUserId(userId) && deviceId !== '' ? { userId, deviceId, family, secret } : undefined;
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
