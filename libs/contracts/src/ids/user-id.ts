import type { Brand } from '#kernel';

/** 1–64 of `A-Z a-z 0-9 . _ ~ -`, and neither `.` nor `..`. */
export type UserId = Brand<string, 'UserId'>;
/** 1–64 of `A-Z a-z 0-9 . -`: a user id's alphabet without what a conversation id uses as a separator; neither `.` nor `..`. */
export type GroupId = Brand<string, 'GroupId'>;

export const USER_ID_PATTERN = idPattern('A-Za-z0-9_~-');
export const GROUP_ID_PATTERN = idPattern('A-Za-z0-9-');

export function isUserId(text: string): text is UserId {
  return USER_ID_PATTERN.test(text);
}

export function isGroupId(text: string): text is GroupId {
  return GROUP_ID_PATTERN.test(text);
}

/**
 * 1–64 of these characters and dots, and neither `.` nor `..`: those mean folders in a path, and clients drop them from URLs.
 * Spelt out by where the first other character is, as generators of texts don't know lookaheads.
 */
function idPattern(chars: string): RegExp {
  return new RegExp(`^(?:[${chars}][.${chars}]{0,63}|\\.[${chars}][.${chars}]{0,62}|\\.\\.[.${chars}]{1,62})$`);
}
