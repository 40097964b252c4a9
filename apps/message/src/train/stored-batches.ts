import { LIMITS, type StoredEvent, type StoredEvents } from '#contracts';
import type { Decision } from './decision.js';

export interface StoredBatch {
  partition: number;
  payload: StoredEvents;
}

/**
 * What is published of a train: each partition's events in the log's order, in records of at most 512 KiB. Only what is stored, or
 * was stored by this very record before, is published.
 */
export function storedBatches(decisions: readonly Decision[], maxBytes: number = LIMITS.maxRecordBytes): StoredBatch[] {
  const open = new Map<number, { batch: StoredBatch; bytes: number }>();
  const batches: StoredBatch[] = [];
  for (const decision of decisions) {
    if (decision.kind !== 'stored' && decision.kind !== 'ruled' && decision.kind !== 'again') continue;
    const { partition } = decision.record;
    const bytes = sizeOf(decision.event);
    let current = open.get(partition);
    if (!current || current.bytes + bytes > maxBytes) {
      current = { batch: { partition, payload: { events: [] } }, bytes: 0 };
      open.set(partition, current);
      batches.push(current.batch);
    }
    current.batch.payload.events.push(decision.event);
    current.bytes += bytes;
  }
  return batches;
}

/** Bytes as JSON, give or take: content is escaped once more when it travels as a string. */
function sizeOf(event: StoredEvent): number {
  if (event.kind !== 'message') return JSON.stringify(event).length;
  const { content, ...rest } = event.message;
  return Buffer.byteLength(JSON.stringify(content)) + Buffer.byteLength(JSON.stringify(rest)) + 100;
}
