import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, ConsumerCrashEvent, EachBatchPayload } from 'kafkajs';
import type { SubscribeOptions } from '#bus';
import { type ClientOptions, kafkaClient, METADATA_MAX_AGE_MS } from '../kafka-client.js';
import { pinnedAssigner } from './pinned-assigner.js';

/**
 * About half a minute of a broker that is away. A consumer that gives up and starts again is a new member, and its group waits for the
 * old one's session to end.
 */
const RETRIES = 30;
/** How many failed fetches end it. Each of them tries to find a broker for as long as `RETRIES` says. */
const FETCH_RETRIES = 5;
/** How long a killed member's partitions rest. kafkajs' default of 30 s is a long silence in a chat. */
const SESSION_TIMEOUT_MS = 8_000;
const HEARTBEAT_MS = 2_000;
const LEAVE_WITHIN_MS = 3_000;
const REBALANCE_TIMEOUT_MS = 15_000;
/** The broker answers as soon as it has one byte, so a long wait costs no latency and keeps an idle broker quiet. */
const MAX_WAIT_MS = 250;
const MAX_FETCH_BYTES = 4 * 1024 * 1024;
const MAX_PARTITION_BYTES = 1024 * 1024;
/** All batches of a fetch are taken in side by side; each partition has one of them. */
const BATCHES_AT_ONCE = 64;
const SIGNS_OF_LIFE = new Set(['Fetch', 'Heartbeat', 'JoinGroup', 'SyncGroup']);

export interface GroupConsumerPorts {
  /** Before anything is fetched: what the member owns from now on, perhaps the same as before. */
  onJoined(partitions: readonly number[]): void;
  /** The member is about to join again; what it owns may change. */
  onRebalancing(): void;
  onFetchStarted(): void;
  onBatch(payload: EachBatchPayload): Promise<void>;
  /** The broker has answered something. */
  onHeard(): void;
  /** It has ended, and another one may take its place. */
  onCrashed(error: Error): void;
}

/**
 * One member of a Kafka consumer group on one topic until it crashes, stripped of everything that kafkajs would do by itself with offsets
 * and after crashes.
 */
export class GroupConsumer {
  private readonly consumer: Consumer;
  private committing: EachBatchPayload | undefined;
  private running = false;
  private assigned: readonly number[] = [];
  /** Between the end of a generation and whatever comes of it. */
  private rejoining = false;

  constructor(
    client: ClientOptions,
    private readonly topic: string,
    options: Pick<SubscribeOptions, 'group' | 'partitions'>,
    private readonly ports: GroupConsumerPorts,
  ) {
    this.consumer = kafkaClient(client, RETRIES).consumer({
      groupId: options.group,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      rebalanceTimeout: REBALANCE_TIMEOUT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      minBytes: 1,
      maxBytes: MAX_FETCH_BYTES,
      maxBytesPerPartition: MAX_PARTITION_BYTES,
      allowAutoTopicCreation: false,
      metadataMaxAge: METADATA_MAX_AGE_MS,
      // Some of its crashes kafkajs would restart after; all are treated alike.
      retry: { retries: FETCH_RETRIES, restartOnFailure: () => Promise.resolve(false) },
      ...(options.partitions && { partitionAssigners: [pinnedAssigner(topic, options.partitions)] }),
    });
    this.listen();
  }

  /** Resolves when the member has joined. */
  async start(): Promise<void> {
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [this.topic], fromBeginning: true });
    await this.consumer.run({
      // In its fetch loop a commit costs each hop 5 to 10 ms; ours run beside it.
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: BATCHES_AT_ONCE,
      eachBatch: (payload) => {
        this.committing = payload;
        return this.ports.onBatch(payload);
      },
    });
  }

  /** Nothing of these partitions is fetched, and what is on its way is dropped, until `resumeAt`. */
  pause(partitions: readonly number[]): void {
    if (this.running && partitions.length > 0) this.consumer.pause([{ topic: this.topic, partitions: [...partitions] }]);
  }

  resumeAt(partition: number, offset: number): void {
    if (!this.running) return;
    this.consumer.seek({ topic: this.topic, partition, offset: String(offset) });
    this.consumer.resume([{ topic: this.topic, partitions: [partition] }]);
  }

  /**
   * By way of a batch's payload, whichever: `consumer.commitOffsets` answers a rebalance by starting a second fetch loop beside the
   * first (kafkajs #1712).
   */
  async commit(offsets: ReadonlyMap<number, number>): Promise<void> {
    const partitions = [...offsets].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    if (partitions.length === 0) return;
    if (!this.committing) throw new Error('the consumer has no connection to commit by');
    await this.committing.commitOffsetsIfNecessary({ topics: [{ topic: this.topic, partitions }] });
  }

  /** Leaves the group, unless the broker is away: then the group will miss this member by itself. */
  async stop(): Promise<void> {
    const left = this.consumer.disconnect();
    await Promise.race([left, sleep(LEAVE_WITHIN_MS, undefined, { ref: false })]);
    left.catch(() => undefined);
  }

  private listen(): void {
    const { consumer, ports } = this;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.running = true;
      this.joined(payload.memberAssignment[this.topic] ?? []);
    });
    consumer.on(consumer.events.REBALANCING, () => {
      this.rejoining = true;
      ports.onRebalancing();
    });
    consumer.on(consumer.events.FETCH_START, () => {
      // A rejoin that fails, as while the coordinator loads its groups, is given up by kafkajs without a word, and it fetches on as the
      // member that it was. Where that is not true any more, the next heartbeat says so.
      if (this.rejoining) this.joined(this.assigned);
      ports.onFetchStarted();
    });
    consumer.on(consumer.events.STOP, () => (this.running = false));
    consumer.on(consumer.events.CRASH, (event) => this.crashed(event));
    consumer.on(consumer.events.REQUEST, ({ payload }) => {
      if (SIGNS_OF_LIFE.has(payload.apiName)) ports.onHeard();
    });
  }

  private joined(partitions: readonly number[]): void {
    this.rejoining = false;
    this.assigned = partitions;
    this.ports.onJoined(partitions);
  }

  private crashed({ payload }: ConsumerCrashEvent): void {
    this.committing = undefined;
    this.running = false;
    this.ports.onCrashed(payload.error);
  }
}

export { HEARTBEAT_MS };
