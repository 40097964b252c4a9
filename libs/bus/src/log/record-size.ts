import type { AppendRecord } from './event-log.js';

/** What a batch of one adds to its record in Kafka's format: 61 bytes of batch header and at most 31 of lengths and deltas. */
const FRAME_BYTES = 92;
const HEADER_FRAME_BYTES = 10;

/** Upper bound of the bytes that a record takes in a log, alone in its batch. */
export function recordBytes(record: Pick<AppendRecord, 'key' | 'value' | 'headers'>): number {
  let bytes = FRAME_BYTES + Buffer.byteLength(record.key) + record.value.length;
  for (const [name, value] of Object.entries(record.headers ?? {})) {
    bytes += HEADER_FRAME_BYTES + Buffer.byteLength(name) + Buffer.byteLength(value);
  }
  return bytes;
}
