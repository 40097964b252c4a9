import { HEADER, type ReceivedRecord } from '#bus';
import { newContext, type RequestContext } from '#observability';

/** The request that a record was written for; of a whole train, the first record speaks for all. */
export function contextOfRecord(record: Pick<ReceivedRecord, 'headers'> | undefined): RequestContext {
  return newContext({ requestId: record?.headers[HEADER.requestId], traceparent: record?.headers[HEADER.traceparent] });
}
