import { HttpException } from '@nestjs/common';
import type { AppError } from '#kernel';
import { LIMITS, problem } from '#contracts';

/** What Fastify and Nest refuse before any of our own code is reached. Undefined for any other error. */
export function fromFastify(thrown: unknown): AppError | undefined {
  // Nest wraps Fastify's refusals.
  const cause = thrown instanceof HttpException ? thrown.cause : thrown;
  const known = byCode(codeOf(cause));
  if (known) return known;
  if (thrown instanceof HttpException && thrown.getStatus() < 500) return problem('invalid_request', thrown.message, { cause: thrown });
  return undefined;
}

function byCode(code: unknown): AppError | undefined {
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('payload_too_large', `the body is larger than the ${LIMITS.maxFrameBytes} bytes allowed`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('unsupported_media_type', 'send the body as application/json');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem('invalid_request', 'the body has another length than Content-Length says');
    case 'FST_ERR_BAD_URL':
      return problem('invalid_request', 'the path has a percent sign that escapes nothing');
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return problem('invalid_request', 'a part of the path is longer than any id');
    default:
      return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as { code?: unknown }).code : undefined;
}
