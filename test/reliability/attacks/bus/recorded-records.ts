import type { AppendRecord, EventLog, ReceivedRecord } from '#bus';
import { randomUUID } from 'node:crypto';

const TRAIN = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };

/** Everything that a topic holds. */
export async function recordedIn(log: EventLog, topic: string): Promise<ReceivedRecord[]> {
  const records: ReceivedRecord[] = [];
  const options = { group: `attack-${randomUUID()}`, ...TRAIN, startAt: ({ earliest }: { earliest: number }) => Promise.resolve(earliest) };
  const subscription = await log.subscribe(topic, options, (train) => Promise.resolve(void records.push(...train.records)));
  await subscription.caughtUp();
  await subscription.stop();
  return records;
}

/** As it could be appended once more. */
export function again({ key, value, headers }: ReceivedRecord): AppendRecord {
  return { key, value, headers };
}
