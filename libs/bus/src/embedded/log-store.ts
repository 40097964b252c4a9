import { randomUUID } from 'node:crypto';
import type { AbstractBatchOptions, AbstractLevel } from 'abstract-level';
import type { ReceivedRecord, TopicToCreate } from '../log/event-log.js';
import type { TrainBudget } from '../log/train-budget.js';
import { decodeRecord, timestampOf } from './record-codec.js';
import { storeKeys } from './store-keys.js';

export type Level = AbstractLevel<string | Buffer | Uint8Array, string, Buffer>;

/** Both ends of a partition: its records have the offsets from `earliest` to `latest` − 1. */
export interface Range {
  earliest: number;
  latest: number;
}

export interface StoredTopic {
  spec: TopicToCreate;
  /** By partition; the numbers in memory lead, the store follows. */
  ranges: Range[];
}

export interface NewRecord {
  topic: string;
  partition: number;
  offset: number;
  bytes: Buffer;
}

/** LevelDB's own option: the write is on disk when it resolves. A store in memory has no use for it. */
const SYNC: AbstractBatchOptions<string, Buffer> & { sync: boolean } = { sync: true };
const RETENTION_CHUNK = 500;

/** The embedded log's data in a LevelDB: what is where, and nothing of who reads it. */
export class LogStore {
  private readonly topics = new Map<string, StoredTopic>();
  identity = '';

  constructor(readonly level: Level) {}

  async open(): Promise<void> {
    await this.level.open();
    const known = await this.level.get(storeKeys.identity);
    this.identity = known?.toString() ?? randomUUID();
    if (!known) await this.level.batch([{ type: 'put', key: storeKeys.identity, value: Buffer.from(this.identity) }], SYNC);
    for (const value of await this.level.values(storeKeys.topics).all()) await this.load(JSON.parse(value.toString()) as TopicToCreate);
  }

  topic(name: string): StoredTopic | undefined {
    return this.topics.get(name);
  }

  allTopics(): StoredTopic[] {
    return [...this.topics.values()];
  }

  async createTopic(spec: TopicToCreate): Promise<void> {
    await this.level.batch([{ type: 'put', key: storeKeys.topic(spec.name), value: Buffer.from(JSON.stringify(spec)) }], SYNC);
    await this.load(spec);
  }

  /** Durable when it resolves, all or nothing. */
  async append(records: readonly NewRecord[]): Promise<void> {
    const puts = records.map(({ topic, partition, offset, bytes }) => ({
      type: 'put' as const,
      key: storeKeys.record(topic, partition, offset),
      value: bytes,
    }));
    await this.level.batch(puts, SYNC);
  }

  /** The records from `offset` on that the budget admits, and whether it refused one. */
  async read(topic: string, partition: number, offset: number, budget: TrainBudget): Promise<{ records: ReceivedRecord[]; full: boolean }> {
    const latest = this.topic(topic)?.ranges[partition]?.latest ?? 0;
    const records: ReceivedRecord[] = [];
    const range = { gte: storeKeys.record(topic, partition, offset), lt: storeKeys.record(topic, partition, latest) };
    for await (const [key, value] of this.level.iterator({ ...range, limit: budget.room })) {
      const record = { topic, partition, offset: storeKeys.offsetOfRecord(key), ...decodeRecord(value) };
      if (!budget.admits(record)) return { records, full: true };
      records.push(record);
    }
    return { records, full: budget.room <= 0 };
  }

  async committed(group: string, topic: string, partition: number): Promise<number | undefined> {
    const value = await this.level.get(storeKeys.committed(group, topic, partition));
    return value && Number(value.toString());
  }

  async commit(group: string, topic: string, offsets: ReadonlyMap<number, number>): Promise<void> {
    const puts = [...offsets].map(([partition, offset]) => ({
      type: 'put' as const,
      key: storeKeys.committed(group, topic, partition),
      value: Buffer.from(String(offset)),
    }));
    await this.level.batch(puts, SYNC);
  }

  /** Deletes what of a partition is older than `before` (ms since the epoch). */
  async expire(topic: string, partition: number, before: number): Promise<void> {
    const range = this.topic(topic)?.ranges[partition];
    if (range) await this.shorten(topic, partition, range, await this.firstSince(topic, partition, range, before));
  }

  /** Deletes everything that is in a topic, if there is such a topic; its offsets go on where they were. */
  async forget(topic: string): Promise<void> {
    const ranges = this.topic(topic)?.ranges ?? [];
    for (const [partition, range] of ranges.entries()) await this.shorten(topic, partition, range, range.latest);
  }

  private async shorten(topic: string, partition: number, range: Range, earliest: number): Promise<void> {
    if (earliest === range.earliest) return;
    range.earliest = earliest;
    // The end is kept too: once the last record is gone, no key tells it any more.
    await this.level.batch([{ type: 'put', key: storeKeys.range(topic, partition), value: Buffer.from(JSON.stringify(range)) }], SYNC);
    await this.level.clear({ gte: storeKeys.record(topic, partition, 0), lt: storeKeys.record(topic, partition, earliest) });
  }

  private async firstSince(topic: string, partition: number, range: Range, before: number): Promise<number> {
    const { latest } = range;
    for (let from = range.earliest; from < latest; from += RETENTION_CHUNK) {
      const keys = { gte: storeKeys.record(topic, partition, from), lt: storeKeys.record(topic, partition, latest) };
      for (const [key, value] of await this.level.iterator({ ...keys, limit: RETENTION_CHUNK }).all()) {
        if (timestampOf(value) >= before) return storeKeys.offsetOfRecord(key);
      }
    }
    return latest;
  }

  private async load(spec: TopicToCreate): Promise<void> {
    const partitions = Array.from({ length: spec.partitions }, (_, partition) => partition);
    const ranges = await Promise.all(partitions.map((partition) => this.rangeOf(spec.name, partition)));
    this.topics.set(spec.name, { spec, ranges });
  }

  private async rangeOf(topic: string, partition: number): Promise<Range> {
    const kept = await this.level.get(storeKeys.range(topic, partition));
    const range = kept ? (JSON.parse(kept.toString()) as Range) : { earliest: 0, latest: 0 };
    const keys = { gte: storeKeys.record(topic, partition, 0), lt: storeKeys.record(topic, partition, Number.MAX_SAFE_INTEGER) };
    const [last] = await this.level.keys({ ...keys, reverse: true, limit: 1 }).all();
    return last === undefined ? range : { ...range, latest: storeKeys.offsetOfRecord(last) + 1 };
  }
}
