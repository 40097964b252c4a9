import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { problem } from '#contracts';
import type { PartitionState, TopicState, TopicToCreate } from '#bus';
import type { ClientOptions } from '../kafka-client.js';
import { AdminClient } from './admin-client.js';
import { topicConfig } from './topic-config.js';

// Node finds no export of that name in a CommonJS module that defines it this way.
const { ConfigResourceTypes } = kafkajs;

const MAX_REPLICAS = 3;
/** How long a partition may be without its leader: after it was created, or while another broker takes over. */
const SETTLE_MS = 5_000;
const RETRY_MS = 100;
/** A broker may not have heard yet of a topic that another one has. */
const SETTLING = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
]);

export interface TopicLimits {
  partitions: number;
  maxRecordBytes: number;
}

/** What Kafka says of itself, its topics and groups. Connects at the first question. */
export class KafkaAdmin {
  private idle: AdminClient | undefined;
  private closed = false;

  constructor(private readonly options: ClientOptions) {}

  async clusterId(): Promise<string> {
    return (await this.ask('cluster', (admin) => admin.describeCluster())).clusterId;
  }

  async describe(names: readonly string[]): Promise<TopicState[]> {
    const existing = await this.existing(names);
    if (existing.length === 0) return [];
    const settings = ['message.timestamp.type', 'max.message.bytes'];
    const partitions = await this.partitionCounts(existing);
    const configs = await this.configs(existing, settings);
    return existing.map((name) => ({
      name,
      partitions: partitions.get(name) ?? 0,
      timestamps: configs.get(name)?.['message.timestamp.type'] === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
      maxRecordBytes: Number(configs.get(name)?.['max.message.bytes']),
    }));
  }

  /** What a producer must know of a topic before it appends. */
  async limits(topic: string): Promise<TopicLimits> {
    const count = (await this.partitionCounts([topic])).get(topic);
    const maxRecordBytes = Number((await this.configs([topic], ['max.message.bytes'])).get(topic)?.['max.message.bytes']);
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
    // Only the leader itself answers this, and a leader that was named may not know it yet.
    for (const topic of created) await this.ranges(topic);
    return created;
  }

  /** Each partition's range, and what the group has committed. Without a group `committed` is undefined. */
  async ranges(topic: string, group?: string): Promise<PartitionState[]> {
    const offsets = await this.ask(`offsets of ${topic}`, (admin) => admin.fetchTopicOffsets(topic));
    const committed = group === undefined ? new Map<number, number>() : await this.committed(topic, group);
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
    this.closed = true;
    await this.idle?.disconnect();
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
      const client = this.idle ?? new AdminClient(this.options);
      this.idle = undefined;
      try {
        const answer = await client.ask(question);
        this.keep(client);
        return answer;
      } catch (cause) {
        // It may hold on to a broker that is gone, or to a leader that was.
        void client.disconnect();
        if (!isSettling(cause) || this.closed || performance.now() > giveUpAt)
          throw problem('unavailable', `Kafka did not answer about ${what}`, { cause });
        await sleep(RETRY_MS);
      }
    }
  }

  /** For the next question; what questions beside each other needed more is not kept. */
  private keep(client: AdminClient): void {
    if (this.idle || this.closed) void client.disconnect();
    else this.idle = client;
  }
}

function isSettling(error: unknown): boolean {
  const { type, cause } = error as { type?: string; cause?: { type?: string } };
  return SETTLING.has(type ?? '') || SETTLING.has(cause?.type ?? '');
}
