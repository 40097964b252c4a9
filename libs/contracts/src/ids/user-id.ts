import type { Brand } from '#kernel';

/** 1–64 of `A-Z a-z 0-9 . _ ~ -`. */
export type UserId = Brand<string, 'UserId'>;
/** 1–64 of `A-Z a-z 0-9 . -`: a user id's alphabet without what a conversation id uses as a separator. */
export type GroupId = Brand<string, 'GroupId'>;

export const USER_ID_PATTERN = /^[A-Za-z0-9._~-]{1,64}$/;
export const GROUP_ID_PATTERN = /^[A-Za-z0-9.-]{1,64}$/;

export function isUserId(text: string): text is UserId {
  return USER_ID_PATTERN.test(text);
}

export function isGroupId(text: string): text is GroupId {
  return GROUP_ID_PATTERN.test(text);
}
