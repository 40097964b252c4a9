import * as fc from 'fast-check';
import { isUserId } from '#contracts';
import { LOG_USER } from './channel-log.js';
import { nicknameOfUserId, userIdOfNickname } from './nickname.js';

const nicknames = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019[]\\`^{|}_-~.é好😀')), minLength: 1, maxLength: 16 });

describe('a nickname as a user id', () => {
  it('keeps letters, digits, underscore and hyphen, and their case', () => {
    expect(userIdOfNickname('Dr_Willis-2')).toBe('Dr_Willis-2');
  });

  it('escapes what a user id can not hold, byte by byte', () => {
    expect(userIdOfNickname('[bur]^n|`\\')).toBe('~5bbur~5d~5en~7c~60~5c');
    expect(userIdOfNickname('é')).toBe('~c3~a9');
    expect(userIdOfNickname('..')).toBe('~2e~2e');
  });

  it('comes back as the same nickname, whatever it holds', () => {
    fc.assert(
      fc.property(nicknames, (nickname) => {
        const userId = userIdOfNickname(nickname);
        if (userId === undefined) return Buffer.byteLength(nickname) > 21;
        return isUserId(userId) && nicknameOfUserId(userId) === nickname;
      }),
    );
  });

  it('has none when its id would be too long', () => {
    expect(userIdOfNickname('['.repeat(21))).toHaveLength(63);
    expect(userIdOfNickname('['.repeat(22))).toBeUndefined();
    expect(userIdOfNickname('')).toBeUndefined();
  });

  it('is never that of the log itself', () => {
    fc.assert(fc.property(nicknames, (nickname) => userIdOfNickname(nickname) !== LOG_USER));
    expect(userIdOfNickname('irc~log')).toBe('irc~7elog');
  });
});
