import type { DeviceSession } from './device-session.js';
import { TOKEN_LIFETIME } from './token-lifetime.js';
import { hashOf, newSalt, nextRefreshToken, type RefreshToken } from './refresh-token.js';

/**
 * For so long a token that was used already gets the same answer again: the first one may have been lost, or two tabs asked at once.
 * Whoever stole the token gains nothing lasting by it: the next refresh parts the two, and the later of them ends the session.
 */
export const RETRY_GRACE_MS = 60_000;

export type Rotation =
  /** Store the session, if `expectedHash` is still its refresh hash, and hand out `next`. */
  | { kind: 'rotate'; next: RefreshToken; session: DeviceSession; expectedHash: string }
  /** A retry: the token that was handed out then, nothing to store. */
  | { kind: 'repeat'; next: RefreshToken; session: DeviceSession }
  /** An old token of this session: someone has a copy. */
  | { kind: 'reused'; session: DeviceSession }
  /** Not of this session, or the session has ended. */
  | { kind: 'unknown' };

/** What a refresh token brings its bearer, given the session of its device. */
export function rotationFor(token: RefreshToken, session: DeviceSession | undefined, now: number): Rotation {
  if (!session || session.familyHash !== hashOf(token.family) || session.refreshExpiresAt <= now) return { kind: 'unknown' };
  const shown = hashOf(token.secret);
  if (shown === session.refreshHash) {
    const salt = newSalt();
    const next = nextRefreshToken(token, salt);
    const times = { refreshedAt: now, refreshExpiresAt: now + TOKEN_LIFETIME.refreshMs };
    const rotated = { ...session, ...times, refreshHash: hashOf(next.secret), previous: { refreshHash: shown, salt } };
    return { kind: 'rotate', next, session: rotated, expectedHash: shown };
  }
  const { previous } = session;
  if (previous?.refreshHash === shown && now <= session.refreshedAt + RETRY_GRACE_MS) {
    return { kind: 'repeat', next: nextRefreshToken(token, previous.salt), session };
  }
  return { kind: 'reused', session };
}
