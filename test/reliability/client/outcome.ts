import type { WireError } from './frame.js';

/** What came of a request: `unknown` has no answer, or a retryable error, and may be repeated with the same ids. */
export type Outcome<T> = { outcome: 'ok'; answer: T } | { outcome: 'refused'; code: string } | UnknownOutcome;

export interface UnknownOutcome {
  outcome: 'unknown';
  code?: string;
  retryAfterMs?: number;
}

export const SILENCE: UnknownOutcome = { outcome: 'unknown' };

export function failed({ code, retryable, retryAfterMs }: WireError): Outcome<never> {
  if (!retryable) return { outcome: 'refused', code };
  return { outcome: 'unknown', code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

const OF_THE_TOKEN: ReadonlySet<string> = new Set(['unauthenticated', 'invalid_token', 'token_expired', 'token_revoked']);

/** Whether a refusal is about the token alone: with a new one the same request may succeed. */
export function needsNewToken(outcome: Outcome<unknown>): boolean {
  return outcome.outcome === 'refused' && OF_THE_TOKEN.has(outcome.code);
}
