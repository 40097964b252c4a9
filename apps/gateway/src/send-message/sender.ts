import { problem, type UserId } from '#contracts';
import type { Caller } from '../authentication/caller.js';

/** Whose message it is: the user himself, or whom a backend names. */
export function senderOf(caller: Caller, senderId: UserId | undefined): UserId {
  if (caller.kind === 'user') {
    if (senderId !== undefined && senderId !== caller.userId) throw problem('forbidden', `${caller.userId} can't send as ${senderId}`);
    return caller.userId;
  }
  if (senderId !== undefined) return senderId;
  const detail = 'with an API key, senderId says who sends';
  throw problem('invalid_request', detail, { errors: [{ pointer: '/senderId', code: 'required', detail }] });
}
