import { newContext, type RequestContext } from '#observability';
import type { ReceivedRecord } from '../log/event-log.js';
import type { ReplyAddress } from './bus.js';
import { HEADER } from './envelope.js';

/** The request that a record belongs to; a new one when its headers name none. */
export function contextOf(record: Pick<ReceivedRecord, 'headers'>): RequestContext {
  return newContext({ requestId: record.headers[HEADER.requestId], traceparent: record.headers[HEADER.traceparent] });
}

/** Where the answer to this record goes; undefined: nobody waits for one. */
export function replyAddressOf(record: Pick<ReceivedRecord, 'headers'>): ReplyAddress | undefined {
  const replyTo = record.headers[HEADER.replyTo];
  const correlationId = record.headers[HEADER.correlationId];
  const requestId = record.headers[HEADER.requestId];
  if (replyTo === undefined || correlationId === undefined) return undefined;
  return { replyTo, correlationId, ...(requestId !== undefined && { requestId }) };
}

/** Whether whoever sent this record has stopped waiting for its answer. */
export function isPastDeadline(record: Pick<ReceivedRecord, 'headers'>, now: number): boolean {
  const deadline = record.headers[HEADER.deadline];
  return deadline !== undefined && Number(deadline) <= now;
}

/** The header `type`; empty when there is none. */
export function typeOf(record: Pick<ReceivedRecord, 'headers'>): string {
  return record.headers[HEADER.type] ?? '';
}
