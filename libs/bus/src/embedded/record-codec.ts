import type { AppendRecord, ReceivedRecord } from '../log/event-log.js';

/** A stored record: timestamp (f64), length of the head (u32), the head as JSON, the value. The number comes first so that retention reads it alone. */
const TIMESTAMP_BYTES = 8;
const PREFIX_BYTES = TIMESTAMP_BYTES + 4;

interface Head {
  key: string;
  headers: Record<string, string>;
}

export function encodeRecord(record: AppendRecord, timestamp: number): Buffer {
  const head = Buffer.from(JSON.stringify({ key: record.key, headers: record.headers ?? {} }));
  const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
  prefix.writeDoubleBE(timestamp, 0);
  prefix.writeUInt32BE(head.length, TIMESTAMP_BYTES);
  return Buffer.concat([prefix, head, record.value]);
}

export type StoredRecord = Pick<ReceivedRecord, 'key' | 'headers' | 'value' | 'timestamp'>;

export function decodeRecord(stored: Buffer): StoredRecord {
  const valueAt = PREFIX_BYTES + stored.readUInt32BE(TIMESTAMP_BYTES);
  const head = JSON.parse(stored.toString('utf8', PREFIX_BYTES, valueAt)) as Head;
  // A copy: a store in memory hands out its own buffer, and what a consumer does to it must not reach the next.
  return { ...head, value: Buffer.from(stored.subarray(valueAt)), timestamp: timestampOf(stored) };
}

export function timestampOf(stored: Buffer): number {
  return stored.readDoubleBE(0);
}
