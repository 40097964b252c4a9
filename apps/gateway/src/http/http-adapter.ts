import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS } from '#contracts';
import { fromFastify } from '../problems/from-fastify.js';
import { toAppError, type Problems } from '../problems/problem-details.js';
import { readJsonBodies } from './json-body.js';
import { requestIdOf } from './request-id.js';
import { sendProblem } from './send-problem.js';

/** A conversation id of two users with escaped characters has up to 260. */
const MAX_PARAM_LENGTH = 512;
const REQUEST_TIMEOUT_MS = 30_000;

interface AdapterSettings {
  trustedProxies: readonly string[];
  problems: Problems;
}

/** Fastify as the API needs it. Bodies are read by our own parser alone; Nest would add parsers for forms and its own for JSON. */
export class HttpAdapter extends FastifyAdapter {
  constructor({ trustedProxies, problems }: AdapterSettings) {
    super({
      bodyLimit: LIMITS.maxFrameBytes,
      routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
      requestIdHeader: false,
      genReqId: requestIdOf,
      requestTimeout: REQUEST_TIMEOUT_MS,
      trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
      forceCloseConnections: 'idle',
      // Who has a connection still gets a proper answer on it; Fastify's own 503 is no problem document.
      return503OnClosing: false,
      // Paths that the router can't read reach neither hooks nor filters.
      frameworkErrors: (thrown: Error, request: FastifyRequest, reply: FastifyReply) => {
        const error = fromFastify(thrown) ?? toAppError(thrown);
        void reply.header('request-id', request.id).header('cache-control', 'no-store');
        void sendProblem(reply, error, problems.toBody(error, request.id));
      },
    });
  }

  override registerParserMiddleware(): void {
    readJsonBodies(this.getInstance());
  }
}
