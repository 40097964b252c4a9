import type { FastifyReply } from 'fastify';
import type { AppError } from '#kernel';
import type { ProblemDetails } from '../problems/problem-details.js';

const DEFAULT_RETRY_MS = 1000;

/** An error as the answer; statuses that ask for patience say how much. */
export function sendProblem(reply: FastifyReply, error: AppError, body: ProblemDetails): FastifyReply {
  if (error.status === 429 || error.status === 503) {
    void reply.header('retry-after', String(Math.ceil((error.retryAfterMs ?? DEFAULT_RETRY_MS) / 1000)));
  }
  if (error.status === 401) void reply.header('www-authenticate', `Bearer error="${error.code}"`);
  return reply.status(error.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body));
}
