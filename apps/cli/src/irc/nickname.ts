import { isUserId, type UserId } from '#contracts';

/** What a user id takes as it is, but for `~`, which begins an escape, and the dot, for an id of dots alone is none. */
const KEPT = /[A-Za-z0-9_-]/;
const ESCAPE = /~([0-9a-f]{2})/g;

/**
 * The user id of a nickname: what a user id can't hold becomes `~` and two hex digits for each of its bytes in UTF-8. Case is kept,
 * and no two nicknames share an id. Undefined for a nickname whose id would be too long.
 */
export function userIdOfNickname(nickname: string): UserId | undefined {
  const id = Array.from(nickname, (character) => (KEPT.test(character) ? character : escaped(character))).join('');
  return isUserId(id) ? id : undefined;
}

/** The nickname that `userIdOfNickname` made this id of. */
export function nicknameOfUserId(userId: UserId): string {
  const latin1 = userId.replaceAll(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

function escaped(character: string): string {
  return Array.from(Buffer.from(character, 'utf8'), (byte) => `~${byte.toString(16).padStart(2, '0')}`).join('');
}
