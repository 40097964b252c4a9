import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { problem } from '#contracts';
import type { PartitionState, TopicState, TopicToCreate } from '#bus';
import { type ClientOptions, kafkaClient } from '../kafka-client.js';
import { topicConfig } from './topic-config.js';

// Node finds no export of that name in a CommonJS module that defines it this way.
const { ConfigResourceTypes } = kafkajs;

const RETRIES = 4;
const MAX_REPLICAS = 3;
/** How long a partition may be without its leader: after it was created, or while another broker takes over. */
const SETTLE_MS = 5_000;
const RETRY_MS = 100;
/** kafkajs tries brokers and requests in nested loops, each with its own patience: a broker that is paused can hold it for minutes. */
const ANSWER_WITHIN_MS = 12_000;
const SETTLING = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', 'GROUP_COORDINATOR_NOT_AVAILABLE', 'GROUP_LOAD_IN_PROGRESS']);
const LED_WITHIN_MS = 10_000;
const LED_PAUSE_MS = 100;

export interface TopicLimits {
  partitions: number;
  maxRecordBytes: number;
}

/** kafkajs' own `waitForLeaders` gives up at once when the broker that is asked has not heard of the topic yet. */
async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  const deadline = performance.now() + LED_WITHIN_MS;
  for (;;) {
    try {
      await admin.fetchTopicMetadata({ topics });
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(LED_PAUSE_MS);
    }
  }
}

/** What Kafka says of itself, its topics and groups. Connects at the first question. */
export class KafkaAdmin {
  private admin: Promise<Admin> | undefined;

  constructor(private readonly options: ClientOptions) {}

  async clusterId(): Promise<string> {
    return (await this.ask('cluster', (admin) => admin.describeCluster())).clusterId;
  }

  async describe(names: readonly string[]): Promise<TopicState[]> {
    const existing = await this.existing(names);
    if (existing.length === 0) return [];
    const settings = ['message.timestamp.type', 'max.message.bytes'];
    const [partitions, configs] = await Promise.all([this.partitionCounts(existing), this.configs(existing, settings)]);
    return existing.map((name) => ({
      name,
      partitions: partitions.get(name) ?? 0,
      timestamps: configs.get(name)?.['message.timestamp.type'] === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
      maxRecordBytes: Number(configs.get(name)?.['max.message.bytes']),
    }));
  }

  /** What a producer must know of a topic before it appends. */
  async limits(topic: string): Promise<TopicLimits> {
    const [partitions, configs] = await Promise.all([this.partitionCounts([topic]), this.configs([topic], ['max.message.bytes'])]);
    const count = partitions.get(topic);
    const maxRecordBytes = Number(configs.get(topic)?.['max.message.bytes']);
    if (!count || !maxRecordBytes) throw new Error(`there is no topic ${topic}`);
    return { partitions: count, maxRecordBytes };
  }

  async create(specs: readonly TopicToCreate[]): Promise<string[]> {
    const existing = new Set(await this.existing(specs.map(({ name }) => name)));
    const created: string[] = [];
    const { brokers } = await this.ask('cluster', (admin) => admin.describeCluster());
    const replicas = Math.min(MAX_REPLICAS, brokers.length);
    for (const spec of specs) {
      if (existing.has(spec.name)) continue;
      const topics = [
        { topic: spec.name, numPartitions: spec.partitions, replicationFactor: replicas, configEntries: topicConfig(spec, replicas) },
      ];
      // False when someone else has created it since.
      if (await this.ask(`creation of topic ${spec.name}`, (admin) => admin.createTopics({ topics, waitForLeaders: false })))
        created.push(spec.name);
    }
    if (created.length > 0) await this.ask(`leaders of ${created.join(', ')}`, (admin) => untilLed(admin, created));
    // Only the leader itself answers this, and a leader that was named may not know it yet.
    await Promise.all(created.map((topic) => this.ranges(topic)));
    return created;
  }

  /** Each partition's range, and what the group has committed. Without a group `committed` is undefined. */
  async ranges(topic: string, group?: string): Promise<PartitionState[]> {
    const [offsets, committed] = await Promise.all([
      this.ask(`offsets of ${topic}`, (admin) => admin.fetchTopicOffsets(topic)),
      group === undefined ? new Map<number, number>() : this.committed(topic, group),
    ]);
    return offsets
      .map(({ partition, low, high }) => ({
        partition,
        committed: committed.get(partition),
        earliest: Number(low),
        latest: Number(high),
      }))
      .sort((a, b) => a.partition - b.partition);
  }

  async close(): Promise<void> {
    const admin = this.admin;
    this.admin = undefined;
    await (await admin)?.disconnect();
  }

  private async committed(topic: string, group: string): Promise<Map<number, number>> {
    const answer = await this.ask(`offsets of group ${group}`, (admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
    const known = answer.flatMap(({ partitions }) => partitions).filter(({ offset }) => Number(offset) >= 0);
    return new Map(known.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  private async existing(names: readonly string[]): Promise<string[]> {
    const all = new Set(await this.ask('topics', (admin) => admin.listTopics()));
    return names.filter((name) => all.has(name));
  }

  private async partitionCounts(topics: string[]): Promise<Map<string, number>> {
    const metadata = await this.ask(`topic ${topics.join(', ')}`, (admin) => admin.fetchTopicMetadata({ topics }));
    return new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
  }

  private async configs(topics: readonly string[], configNames: string[]): Promise<Map<string, Record<string, string>>> {
    const resources = topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames }));
    const answer = await this.ask(`configuration of ${topics.join(', ')}`, (admin) =>
      admin.describeConfigs({ resources, includeSynonyms: false }),
    );
    return new Map(
      answer.resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
  }

  private async ask<T>(what: string, question: (admin: Admin) => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + SETTLE_MS;
    for (;;) {
      const admin = (this.admin ??= this.connect());
      try {
        return await answered(admin.then(question));
      } catch (cause) {
        // A question beside this one gave the client up, and this one's connections with it.
        const forgotten = this.admin !== admin;
        this.forget(admin);
        if (!(forgotten || isSettling(cause)) || performance.now() > giveUpAt)
          throw problem('unavailable', `Kafka did not answer about ${what}`, { cause });
        await sleep(RETRY_MS);
      }
    }
  }

  /** A new client for the next question: this one may hold on to a broker that is gone. */
  private forget(admin: Promise<Admin>): void {
    if (this.admin === admin) this.admin = undefined;
    admin.then((old) => old.disconnect()).catch(() => undefined);
  }

  private async connect(): Promise<Admin> {
    const admin = kafkaClient(this.options, RETRIES).admin();
    await admin.connect();
    return admin;
  }
}

/** The promise itself, or its rejection once it has taken too long. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const tooLate = sleep(ANSWER_WITHIN_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${ANSWER_WITHIN_MS} ms`);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    timer.abort();
  }
}

function isSettling(error: unknown): boolean {
  const { type, cause } = error as { type?: string; cause?: { type?: string } };
  return SETTLING.has(type ?? '') || SETTLING.has(cause?.type ?? '');
}
