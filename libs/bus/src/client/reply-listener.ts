import { createHash } from 'node:crypto';
import { TOPIC, TOPICS } from '#contracts';
import type { EventLog, PartitionState, ReceivedRecord, Subscription } from '../log/event-log.js';
import { ANSWER_TYPE, decodeError } from './answer-codec.js';
import { HEADER } from './envelope.js';
import type { PendingAnswers } from './pending-answers.js';
import { typeOf } from './record-facts.js';

const MAX_RECORDS = 1000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads the one partition of `reply.v1` that this process gave as its address, and hands each answer to whoever waits for it. */
export class ReplyListener {
  readonly address: string;
  private readonly partition: number;
  private subscription: Subscription | undefined;
  private next: number | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly processName: string,
    private readonly pending: PendingAnswers,
  ) {
    this.partition = partitionOf(processName);
    this.address = `${this.partition}/${processName}`;
  }

  /** After it, no answer is missed: a question must not go out before. */
  async start(): Promise<void> {
    const options = {
      group: `reply--${this.processName}`,
      partitions: [this.partition],
      startAt: (state: PartitionState) => Promise.resolve((this.next ??= state.latest)),
      maxRecords: MAX_RECORDS,
      maxBytes: MAX_BYTES,
    };
    this.subscription = await this.log.subscribe(TOPIC.reply, options, ({ records }) => {
      for (const record of records) this.take(record);
      return Promise.resolve();
    });
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  private take(record: ReceivedRecord): void {
    this.next = record.offset + 1;
    const correlationId = record.headers[HEADER.correlationId];
    if (record.key !== this.processName || correlationId === undefined) return;
    if (typeOf(record) === ANSWER_TYPE.error) this.pending.reject(correlationId, decodeError(record.value));
    else this.pending.resolve(correlationId, record.value);
  }
}

function partitionOf(processName: string): number {
  const partitions = TOPICS.find((topic) => topic.name === TOPIC.reply)?.partitions ?? 1;
  return createHash('sha256').update(processName).digest().readUInt32BE() % partitions;
}
