import type { IncomingMessage } from 'node:http';
import { newId } from '#kernel';
import { newContext, type RequestContext } from '#observability';

const REQUEST_ID = /^[\x21-\x7e]{1,64}$/;

/**
 * Makes the context of each frame of a socket. What the upgrade said is gone on with: every frame belongs to its `traceparent`, and
 * its `Request-Id` stands in front of each frame's own.
 */
export function frameContexts({ headers }: Pick<IncomingMessage, 'headers'>): () => RequestContext {
  const traceparent = textOf(headers['traceparent']);
  const given = textOf(headers['request-id']);
  if (given === undefined || !REQUEST_ID.test(given)) return () => newContext({ traceparent });
  return () => newContext({ requestId: `${given}:${newId()}`, traceparent });
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
