/** An error that the server answered. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly retryable: boolean,
    readonly retryAfterMs?: number,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ApiError';
  }
}

/** Nothing was answered: the connection failed, or the answer did not come in time. What was asked may have happened. */
export class ConnectionError extends Error {
  override name = 'ConnectionError';
}

/** Whether the same call, with the same ids, may succeed later. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ConnectionError || (error instanceof ApiError && error.retryable);
}

interface ErrorFacts {
  code?: unknown;
  detail?: unknown;
  message?: unknown;
  retryable?: unknown;
  retryAfterMs?: unknown;
}

/** Of a problem+json body or a frame's `error`; also of what a proxy in between may have answered. */
export function apiErrorOf(status: number, facts: ErrorFacts | undefined): ApiError {
  const { code, detail = facts?.message, retryable, retryAfterMs } = facts ?? {};
  return new ApiError(
    status,
    typeof code === 'string' ? code : `http_${status}`,
    typeof detail === 'string' ? detail : 'no reason was given',
    typeof retryable === 'boolean' ? retryable : status >= 500 || status === 429,
    typeof retryAfterMs === 'number' ? retryAfterMs : undefined,
  );
}
