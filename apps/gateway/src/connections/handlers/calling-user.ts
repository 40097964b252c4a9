import { problem } from '#contracts';
import type { Caller, UserCaller } from '../../authentication/caller.js';

/** Throws `forbidden` for a backend: on a socket it sends, and does nothing else. */
export function callingUser({ caller }: { caller: Caller | undefined }): UserCaller {
  if (caller?.kind === 'user') return caller;
  throw problem('forbidden', 'with an API key only send works on a socket; use HTTP with the header Hecto-User');
}
