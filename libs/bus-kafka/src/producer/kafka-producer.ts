import { setTimeout as sleep } from 'node:timers/promises';
import { CompressionTypes, type Producer, type RecordMetadata } from 'kafkajs';
import { problem } from '#contracts';
import { type AppendRecord, type Position } from '#bus';
import type { TopicLimits } from '../admin/kafka-admin.js';
import { type ClientOptions, kafkaClient, METADATA_MAX_AGE_MS } from '../kafka-client.js';
import { CurrentProducer } from './current-producer.js';
import { deliver } from './delivery.js';
import { DepartureTimer } from './departure-timer.js';
import type { Lane } from './lane.js';
import { produceRequest } from './produce-request.js';
import { TopicLanes } from './topic-lanes.js';

const ACK_TIMEOUT_MS = 5_000;
const DRAIN_POLL_MS = 5;

export interface ProducerOptions extends ClientOptions {
  lingerMs: number;
}

/**
 * Appends in order without kafkajs' idempotent producer, which breaks under concurrent sends (#598): one request in flight for each
 * partition, tried again before anything behind it departs. One request carries every partition that is ready.
 */
export class KafkaProducer {
  private readonly topics = new Map<string, TopicLanes>();
  private readonly ready = new Set<Lane>();
  private readonly timer: DepartureTimer;
  private readonly producer = new CurrentProducer(() => this.connect(), ACK_TIMEOUT_MS);
  private closed = false;

  constructor(
    private readonly options: ProducerOptions,
    private readonly limitsOf: (topic: string) => Promise<TopicLimits>,
  ) {
    this.timer = new DepartureTimer(options.lingerMs, () => this.depart());
  }

  append(topic: string, records: readonly AppendRecord[]): Promise<Position[]> {
    if (this.closed) return Promise.reject(problem('unavailable', 'the log is closed'));
    return this.lanesOf(topic).append(records).answered;
  }

  /** Ends what is in flight. */
  async close(): Promise<void> {
    this.closed = true;
    while ([...this.topics.values()].some((lanes) => !lanes.idle)) await sleep(DRAIN_POLL_MS);
    this.timer.stop();
    await this.producer.disconnect();
  }

  private lanesOf(topic: string): TopicLanes {
    const known = this.topics.get(topic) ?? new TopicLanes(topic, this.limitsOf, (lanes) => this.pushed(lanes));
    this.topics.set(topic, known);
    return known;
  }

  private pushed(lanes: Iterable<Lane>): void {
    for (const lane of lanes) {
      if (!lane.ready) continue;
      this.ready.add(lane);
      if (lane.full) this.timer.now();
    }
    if (this.ready.size > 0) this.timer.soon();
  }

  private depart(): void {
    const lanes = [...this.ready].filter((lane) => lane.ready);
    this.ready.clear();
    for (const lane of lanes) lane.depart();
    if (lanes.length === 0) return;
    const onSettled = (lane: Lane): void => this.pushed([lane]);
    void deliver(lanes, { send: (some) => this.send(some), onSettled, report: this.options.report });
  }

  private async send(lanes: readonly Lane[]): Promise<RecordMetadata[]> {
    const { producer, renew } = await this.producer.lend();
    // Whatever got here has been checked to be one batch below the broker's limit.
    const answers = await producer.sendBatch({
      acks: -1,
      timeout: ACK_TIMEOUT_MS,
      compression: CompressionTypes.None,
      topicMessages: produceRequest(lanes),
    });
    // A partition has another leader, perhaps: a new producer asks who it is.
    if (answers.some(({ errorCode }) => errorCode !== 0)) renew();
    return answers;
  }

  private async connect(): Promise<Producer> {
    // No retries inside: it would repeat batches on its own terms, beyond our bound.
    const producer = kafkaClient(this.options, 0).producer({
      createPartitioner: () => partitionOfMessage,
      allowAutoTopicCreation: false,
      idempotent: false,
      metadataMaxAge: METADATA_MAX_AGE_MS,
    });
    await producer.connect();
    return producer;
  }
}

function partitionOfMessage({ message }: { message: { partition?: number } }): number {
  if (message.partition === undefined) throw new Error('a message without its partition');
  return message.partition;
}
