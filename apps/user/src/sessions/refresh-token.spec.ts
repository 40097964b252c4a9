import fc from 'fast-check';
import { USER_ID_PATTERN, type UserId } from '#contracts';
import { formatRefreshToken, hashOf, newRefreshToken, newSalt, nextRefreshToken, parseRefreshToken } from './refresh-token.js';

const userIds = fc.stringMatching(USER_ID_PATTERN).map((text) => text as UserId);
const deviceIds = fc.stringMatching(/^[\x21-\x7e]{1,128}$/);

describe('a refresh token', () => {
  it('is read back as it was written, whatever the ids hold, in at most 512 characters', () => {
    fc.assert(
      fc.property(userIds, deviceIds, (userId, deviceId) => {
        const token = newRefreshToken(userId, deviceId);
        const text = formatRefreshToken(token);
        expect(text.length).toBeLessThanOrEqual(512);
        expect(parseRefreshToken(text)).toEqual(token);
      }),
    );
  });

  it('is not read from anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => parseRefreshToken(text) === undefined || text.split('.').length === 3));
    for (const text of ['', '..', 'YWxpY2U.f.s', 'YXwx.f', 'YXwx.f.s.t', 'YXwx.f .s', 'fHBob25l.f.s', 'YXw.f.s'])
      expect(parseRefreshToken(text)).toBeUndefined();
  });

  it('has one next token for each salt, of the same family, that tells nothing without the old one', () => {
    const token = newRefreshToken('alice' as UserId, 'phone');
    const salt = newSalt();
    const next = nextRefreshToken(token, salt);
    expect(next).toEqual(nextRefreshToken(token, salt));
    expect(next).toMatchObject({ userId: 'alice', deviceId: 'phone', family: token.family });
    expect(
      new Set([
        token.secret,
        next.secret,
        nextRefreshToken(token, newSalt()).secret,
        nextRefreshToken({ ...token, secret: hashOf(token.secret) }, salt).secret,
      ]).size,
    ).toBe(4);
  });
});
