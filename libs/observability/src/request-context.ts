import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from '#kernel';
import { childTraceparent, isTraceparent, newTraceparent } from './traceparent.js';

/** What one request carries through every process that works for it: in headers of records, in logs, in errors. */
export interface RequestContext {
  requestId: string;
  /** W3C Trace Context, version 00. */
  traceparent: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the request that is being worked for, wherever in its asynchronous course; undefined outside of any. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** A context from what came in with a request; what is missing or malformed is made anew. */
export function newContext(from: { requestId?: string | undefined; traceparent?: string | undefined } = {}): RequestContext {
  return {
    requestId: from.requestId ?? newId(),
    traceparent: isTraceparent(from.traceparent) ? from.traceparent : newTraceparent(),
  };
}

/** What the next hop gets: the same request and trace, a span of its own. */
export function contextOfNextHop(): RequestContext {
  const here = currentContext();
  return here ? { requestId: here.requestId, traceparent: childTraceparent(here.traceparent) } : newContext();
}
