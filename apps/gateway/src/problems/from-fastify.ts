import { AppError } from '#kernel';
import { LIMITS, problem } from '#contracts';

/** Fastify's own refusals, which come before any route is reached. Undefined for any other error. */
export function fromFastify(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return undefined;
  switch ((thrown as { code?: unknown }).code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('payload_too_large', `the body is larger than the ${LIMITS.maxFrameBytes} bytes allowed`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('unsupported_media_type', 'send the body as application/json');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem('invalid_request', 'the body has another length than Content-Length says');
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return problem('invalid_request', 'the path is not valid');
    default:
      return undefined;
  }
}
