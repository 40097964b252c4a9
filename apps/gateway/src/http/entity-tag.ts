import type { FastifyReply } from 'fastify';

/** For the description of a route that tags its answer. */
export const UNCHANGED = { 304: 'Nothing has changed since the version that `If-None-Match` names.' } as const;

/** Tags an answer with its thing's version; whoever has that version gets 304 and no body. */
export function tagVersion<T>(reply: FastifyReply, version: number, body: T): T | undefined {
  const tag = `"v${version}"`;
  void reply.header('etag', tag);
  if (!isKnown(reply.request.headers['if-none-match'], tag)) return body;
  void reply.status(304);
  return undefined;
}

function isKnown(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((one) => ['*', tag, `W/${tag}`].includes(one.trim()));
}
