import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendRecord, ReceivedRecord, Train } from '../log/event-log.js';

const LOOK_EVERY_MS = 5;

/** Keeps what a subscription was given. */
export class Collector {
  readonly trains: Train[] = [];

  readonly onTrain = (train: Train): Promise<void> => {
    this.trains.push(train);
    return Promise.resolve();
  };

  get records(): ReceivedRecord[] {
    return this.trains.flatMap(({ records }) => records);
  }

  get texts(): string[] {
    return this.records.map(textOf);
  }

  /** What came of one partition, each offset at its first coming. */
  firstTimes(partition: number): ReceivedRecord[] {
    const seen = new Set<number>();
    return this.records.filter((record) => record.partition === partition && !seen.has(record.offset) && seen.add(record.offset));
  }

  async until(records: number, withinMs: number): Promise<void> {
    await until(() => this.records.length >= records, `${records} records; ${String(this.records.length)} came`, withinMs);
  }
}

export async function until(condition: () => boolean, what: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited ${String(withinMs)} ms for ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}

export function textOf(record: ReceivedRecord): string {
  return record.value.toString();
}

export function textRecord(key: string, text: string, more: Partial<AppendRecord> = {}): AppendRecord {
  return { key, value: Buffer.from(text), ...more };
}

export const ANY_TRAIN = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };
