import { setTimeout as sleep } from 'node:timers/promises';
import { problem } from '#contracts';
import {
  type AppendRecord,
  type EventLog,
  ignoreTrouble,
  type PartitionState,
  type Position,
  type SubscribeOptions,
  type Subscription,
  type TopicState,
  type TopicToCreate,
  type Train,
} from '#bus';
import { KafkaAdmin } from './admin/kafka-admin.js';
import { KafkaSubscription } from './consumer/kafka-subscription.js';
import type { ClientOptions } from './kafka-client.js';
import { KafkaProducer } from './producer/kafka-producer.js';

const DEFAULT_LINGER_MS = 8;

export interface KafkaLogOptions extends Partial<ClientOptions> {
  /** `host:port` of some of the brokers. */
  brokers: readonly string[];
  clientId: string;
  /** The least time between two produce requests, in ms (default 8): what is appended meanwhile travels together. */
  lingerMs?: number;
}

/** The log in a Kafka cluster, by kafkajs. */
export class KafkaLog implements EventLog {
  private readonly client: ClientOptions;
  private readonly admin: KafkaAdmin;
  private readonly producer: KafkaProducer;
  private readonly subscriptions = new Map<KafkaSubscription, { topic: string; group: string }>();

  constructor(options: KafkaLogOptions) {
    const { brokers, clientId, socketFactory, lingerMs = DEFAULT_LINGER_MS, report = ignoreTrouble } = options;
    this.client = { brokers, clientId, socketFactory, report };
    this.admin = new KafkaAdmin(this.client);
    this.producer = new KafkaProducer({ ...this.client, lingerMs }, (topic) => this.admin.limits(topic));
  }

  identity(): Promise<string> {
    return this.admin.clusterId();
  }

  append(topic: string, records: readonly AppendRecord[]): Promise<Position[]> {
    return this.producer.append(topic, records);
  }

  async subscribe(topic: string, options: SubscribeOptions, onTrain: (train: Train) => Promise<void>): Promise<Subscription> {
    this.refuseSharedGroup(topic, options.group);
    // Says soon, and clearly, that the broker is away or the topic missing; a consumer would try for long.
    await this.admin.ranges(topic);
    const subscription = new KafkaSubscription({
      client: this.client,
      topic,
      options,
      onTrain,
      rangesOf: (of, group) => this.admin.ranges(of, group),
      onStopped: () => this.subscriptions.delete(subscription),
    });
    this.subscriptions.set(subscription, { topic, group: options.group });
    try {
      await subscription.start();
    } catch (cause) {
      await subscription.stop();
      throw problem('unavailable', `Kafka did not let ${options.group} subscribe to ${topic}`, { cause });
    }
    return subscription;
  }

  describeTopics(names: readonly string[]): Promise<TopicState[]> {
    return this.admin.describe(names);
  }

  createTopics(specs: readonly TopicToCreate[]): Promise<string[]> {
    return this.admin.create(specs);
  }

  ranges(topic: string, group?: string): Promise<PartitionState[]> {
    return this.admin.ranges(topic, group);
  }

  async ping(timeoutMs: number): Promise<boolean> {
    const answered = this.admin.clusterId().then(
      () => true,
      () => false,
    );
    return Promise.race([answered, sleep(timeoutMs, false, { ref: false })]);
  }

  async close(): Promise<void> {
    await Promise.all([...this.subscriptions.keys()].map((subscription) => subscription.stop()));
    await this.producer.close();
    await this.admin.close();
  }

  /** kafkajs' assigner gives members of a group every topic that any of them wants (#1040): a group has one topic. */
  private refuseSharedGroup(topic: string, group: string): void {
    const other = [...this.subscriptions.values()].find((one) => one.group === group && one.topic !== topic);
    if (other) throw new Error(`the group ${group} consumes ${other.topic} already; a group consumes one topic`);
  }
}
