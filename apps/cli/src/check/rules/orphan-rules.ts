import type { Finding } from '../finding.js';
import { finding, slotsOf } from './conversation-page.js';
import { addressOf } from '../../../../message/src/bucket/bucket-address.js';
import type { Seq } from '#contracts';

/** `conversationID:number` */
export interface NumberedId {
  conversation: string;
  number: number;
}

/** Undefined when it is none. */
export function parseNumberedId(id: string): NumberedId | undefined {
  const parts = /^(?<conversation>[^:]+):(?<number>0|[1-9][0-9]{0,15})$/.exec(id)?.groups;
  return parts && { conversation: parts['conversation'] ?? '', number: Number(parts['number']) };
}

type MaxSeqs = ReadonlyMap<string, number>;

/** Buckets are those that their conversation's messages need. */
export function checkOrphanBuckets(ids: readonly string[], maxSeqs: MaxSeqs): Finding[] {
  return orphans('msg', ids, ({ conversation, number }) => slotsOf(maxSeqs.get(conversation) ?? 0, number) > 0);
}

/** Bodies are those of messages. */
export function checkOrphanBodies(ids: readonly string[], maxSeqs: MaxSeqs): Finding[] {
  return orphans('msg_body', ids, ({ conversation, number }) => {
    const { index, slot } = addressOf(number as Seq);
    return number > 0 && slotsOf(maxSeqs.get(conversation) ?? 0, index) > slot;
  });
}

function orphans(collection: string, ids: readonly string[], belongs: (id: NumberedId) => boolean): Finding[] {
  return ids.flatMap((id) => {
    const parsed = parseNumberedId(id);
    if (parsed && belongs(parsed)) return [];
    const why = parsed ? 'its conversation has no such message' : 'its id names no conversation';
    return [finding('orphans', [`${collection} ${id}`], why)];
  });
}
