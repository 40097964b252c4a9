import { AppError, type FieldError } from '#kernel';
import { problem } from '#contracts';

/** An error as HTTP callers see it (RFC 9457). */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  retryable: boolean;
  requestId: string;
  retryAfterMs?: number;
  errors?: FieldError[];
}

/** The same facts as a WebSocket frame's `error`. */
export interface FrameError {
  code: string;
  message: string;
  retryable: boolean;
  type: string;
  requestId: string;
  retryAfterMs?: number;
  errors?: FieldError[];
}

/** Where each error has its page; the base comes from the configuration. */
export class Problems {
  constructor(private readonly docsUrl: string) {}

  toBody(error: AppError, requestId: string): ProblemDetails {
    const { title, status, detail, code, retryable } = error;
    return { type: this.typeOf(code), title, status, detail, code, retryable, requestId, ...extras(error) };
  }

  toFrame(error: AppError, requestId: string): FrameError {
    const { detail, code, retryable } = error;
    return { code, message: detail, retryable, type: this.typeOf(code), requestId, ...extras(error) };
  }

  private typeOf(code: string): string {
    return `${this.docsUrl}/errors/${code}`;
  }
}

/** What was thrown, as the caller may see it: a fault of ours says nothing about itself. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError
    ? thrown
    : problem('internal', 'a fault of the server; its log has it under this request id', { cause: thrown });
}

function extras({ retryAfterMs, errors }: AppError): { retryAfterMs?: number; errors?: FieldError[] } {
  return { ...(retryAfterMs !== undefined && { retryAfterMs }), ...(errors && { errors }) };
}
