import type { CloseReason, SessionRevoked } from '#contracts';

/** How a socket ends whose session was revoked. */
export function closeReasonOf({ reason }: Pick<SessionRevoked, 'reason'>): CloseReason {
  return reason === 'replaced' ? 'replaced' : 'bad_token';
}
