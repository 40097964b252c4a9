import type { SessionRevoked } from '#contracts';
import { RevokedSessions } from './revoked-sessions.js';

const MINUTE = 60_000;
const clock = { time: 0, now: () => clock.time };
const event = (sessionId: string) => ({ sessionId, deviceId: 'd' }) as SessionRevoked;

describe('RevokedSessions', () => {
  let revoked: RevokedSessions;

  beforeEach(() => {
    clock.time = 0;
    revoked = new RevokedSessions(clock);
  });

  it('remembers a session for longer than its tokens live, and then forgets it', () => {
    revoked.revoke(event('s1'));
    clock.time = 15 * MINUTE;
    revoked.revoke(event('s2'));
    expect(revoked.isRevoked('s1')).toBe(true);
    clock.time = 21 * MINUTE;
    revoked.revoke(event('s3'));
    expect([revoked.isRevoked('s1'), revoked.isRevoked('s2'), revoked.size]).toEqual([false, true, 2]);
  });

  it('tells its listeners of each session once', () => {
    const heard: string[] = [];
    const stop = revoked.onRevoked(({ sessionId }) => heard.push(sessionId));
    revoked.revoke(event('s1'));
    revoked.revoke(event('s1'));
    stop();
    revoked.revoke(event('s2'));
    expect(heard).toEqual(['s1']);
  });
});
