import type { FastifyInstance } from 'fastify';
import { LIMITS } from '#contracts';
import { parseJson } from '../json/parse-json.js';

/** A body is an object, and content one level inside it. */
const BODY_LIMITS = { maxBytes: LIMITS.maxFrameBytes, maxDepth: LIMITS.maxContentDepth + 1 };

/** JSON is the only media type, read by the one parser. An empty body is none at all: commands without fields need none. */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : parseJson(body, BODY_LIMITS));
    } catch (error) {
      done(error as Error);
    }
  });
}
