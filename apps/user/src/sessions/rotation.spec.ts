import fc from 'fast-check';
import type { UserId } from '#contracts';
import type { DeviceSession } from './device-session.js';
import { hashOf, newRefreshToken, type RefreshToken } from './refresh-token.js';
import { RETRY_GRACE_MS, rotationFor } from './rotation.js';
import { TOKEN_LIFETIME } from './token-lifetime.js';

function opened(now: number): { token: RefreshToken; session: DeviceSession } {
  const token = newRefreshToken('alice' as UserId, 'phone');
  const times = { loggedInAt: now, refreshedAt: now, refreshExpiresAt: now + TOKEN_LIFETIME.refreshMs };
  const hashes = { familyHash: hashOf(token.family), refreshHash: hashOf(token.secret) };
  return { token, session: { userId: token.userId, deviceId: 'phone', platform: 'ios', sessionId: 's', ...hashes, ...times } };
}

describe('the rotation of refresh tokens', () => {
  it('lets the present token rotate, repeats the one before within the grace, and takes every older one for stolen', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 2 * RETRY_GRACE_MS }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(waits, (pauses) => {
        let now = 1000;
        let { token, session } = opened(now);
        const issued = [token];
        for (const pause of pauses) {
          now += pause;
          const rotation = rotationFor(token, session, now);
          if (rotation.kind !== 'rotate') throw new Error(`expected a rotation, not ${rotation.kind}`);
          expect(rotation.expectedHash).toBe(session.refreshHash);
          ({ next: token, session } = rotation);
          issued.push(token);
          const [before, ...older] = issued.slice(0, -1).reverse();
          expect(rotationFor(before!, session, now + RETRY_GRACE_MS)).toEqual({ kind: 'repeat', next: token, session });
          expect(rotationFor(before!, session, now + RETRY_GRACE_MS + 1).kind).toBe('reused');
          for (const old of older) expect(rotationFor(old, session, now).kind).toBe('reused');
        }
      }),
    );
  });

  it('knows nothing of a token of another session, of no session, of one that expired', () => {
    const { token, session } = opened(0);
    expect(rotationFor(opened(0).token, session, 1)).toEqual({ kind: 'unknown' });
    expect(rotationFor({ ...token, family: 'guess' }, session, 1)).toEqual({ kind: 'unknown' });
    expect(rotationFor(token, undefined, 1)).toEqual({ kind: 'unknown' });
    expect(rotationFor(token, session, session.refreshExpiresAt)).toEqual({ kind: 'unknown' });
    expect(rotationFor(token, session, session.refreshExpiresAt - 1).kind).toBe('rotate');
  });
});
