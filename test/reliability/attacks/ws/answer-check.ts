import { ERRORS, isErrorCode, PUSH_FRAMES } from '#contracts';
import { STACK_TRACE } from '../target/process-watch.js';

export interface Seen {
  /** For the count: `ok`, an error's code, or `push …`. */
  what: string;
  id: string | undefined;
  /** What must not be. */
  wrong?: string;
}

interface Answer {
  type?: unknown;
  id?: unknown;
  data?: unknown;
  error?: { code?: unknown; message?: unknown; retryable?: unknown; requestId?: unknown; type?: unknown };
}

/** Whether one frame of the server is one that it may send, whatever it was asked. */
export function checkAnswer(text: string): Seen {
  const { type, id, data, error } = JSON.parse(text) as Answer;
  const known = typeof id === 'string' ? id : undefined;
  const seen = (what: string, wrong?: string): Seen => ({ what, id: known, ...(wrong !== undefined && { wrong }) });
  if (STACK_TRACE.test(text) && type === 'error') return seen('stack trace', 'a stack trace in an answer');
  if (type === 'error') return seen(String(error?.code), wrongError(error));
  if (type === 'ok') return seen('ok', id === undefined || typeof data !== 'object' ? 'an answer without id or data' : undefined);
  const isPush = typeof type === 'string' && Object.hasOwn(PUSH_FRAMES, type) && id === undefined;
  return seen(`push ${String(type)}`, isPush ? undefined : 'a frame that the protocol does not know');
}

function wrongError(error: Answer['error']): string | undefined {
  const { code, message, retryable, requestId, type } = error ?? {};
  if (typeof code !== 'string' || !isErrorCode(code)) return `an error with the unknown code ${String(code)}`;
  if (ERRORS[code].status >= 500) return `a fault of the server: ${code}`;
  if (typeof message !== 'string' || message === '') return 'an error without a message';
  if (typeof requestId !== 'string' || typeof type !== 'string') return 'an error without requestId or type';
  return retryable === ERRORS[code].retryable ? undefined : `${code} says retryable ${String(retryable)}`;
}
