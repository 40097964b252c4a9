/** One reason why a field of the input was refused. `pointer` is an RFC 6901 JSON pointer into that input. */
export interface FieldError {
  pointer: string;
  code: string;
  detail?: string;
  limit?: number;
}

export interface AppErrorFacts {
  /** A stable code of the error table in the contracts. */
  code: string;
  title: string;
  /** The HTTP status that goes with the code. */
  status: number;
  /** Whether the same call may succeed later, unchanged. */
  retryable: boolean;
  /** What happened, naming the thing it happened to; shown to the caller. */
  detail: string;
  retryAfterMs?: number | undefined;
  errors?: FieldError[] | undefined;
  cause?: unknown;
}

/** An error that a caller is meant to see: it crosses the bus and both edges with the same code everywhere. */
export class AppError extends Error {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly errors: FieldError[] | undefined;

  constructor(facts: AppErrorFacts) {
    super(facts.detail, { cause: facts.cause });
    this.name = 'AppError';
    this.code = facts.code;
    this.title = facts.title;
    this.status = facts.status;
    this.retryable = facts.retryable;
    this.retryAfterMs = facts.retryAfterMs;
    this.errors = facts.errors;
  }

  get detail(): string {
    return this.message;
  }
}
