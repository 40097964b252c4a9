import type { IncomingMessage } from 'node:http';
import { newId } from '#kernel';

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** The caller's own `Request-Id` if it is fit for logs and headers, else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const sent = headers['request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : newId();
}
