import type { Brand } from '#kernel';

/** The sender's own id of a message, 1–64 of `A-Z a-z 0-9 . _ ~ : -`; with the sender and the conversation it makes a send idempotent. */
export type ClientMsgId = Brand<string, 'ClientMsgId'>;

export const CLIENT_MSG_ID_PATTERN = /^[A-Za-z0-9._~:-]{1,64}$/;
