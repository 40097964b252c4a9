import { type AppError, type FieldError } from '#kernel';
import { isErrorCode, problem } from '#contracts';

/** Header `type` of the records in `reply.v1`. */
export const ANSWER_TYPE = { value: 'answer', error: 'error' } as const;

interface WireError {
  code: string;
  detail: string;
  retryAfterMs?: number;
  errors?: FieldError[];
}

export function encodeError(error: AppError): Buffer {
  const { code, detail, retryAfterMs, errors } = error;
  return encodeJson({ code, detail, retryAfterMs, errors });
}

/** The error as it was thrown on the other side. A code that this version does not know is an internal error that says so. */
export function decodeError(value: Buffer): AppError {
  const { code, detail, retryAfterMs, errors } = decodeJson(value) as WireError;
  if (!isErrorCode(code)) return problem('internal', `${code}: ${detail}`);
  return problem(code, detail, { retryAfterMs, errors });
}

/** A handler that returns nothing answers null. */
export function encodeJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value ?? null));
}

/** Throws a SyntaxError for what is no JSON, and for bytes that are no UTF-8. */
export function decodeJson(value: Buffer): unknown {
  return JSON.parse(strictUtf8.decode(value));
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
