import pRetry, { type Options as RetryOptions } from 'p-retry';
import type { Logger } from 'pino';
import { AppError } from '#kernel';
import type { Answer, Bus, ReceivedRecord, Train } from '#bus';
import { problem, STORED_EVENTS, TOPIC } from '#contracts';
import { runInContext } from '#observability';
import { mappingStorageErrors } from '#storage';
import type { InboundRecord, UnreadableRecord } from './command.js';
import type { DeadLetters } from './dead-letters.js';
import { decideTrain } from './decide.js';
import type { Decision } from './decision.js';
import type { FactLoader } from './fact-loader.js';
import type { HeldPartitions } from './held-partitions.js';
import type { Partitions } from './partitions.js';
import { ProgressLost } from './progress-lost.js';
import { isUnreadable, readRecord } from './read-record.js';
import { contextOfRecord } from './record-context.js';
import type { SenderCursors } from './sender-cursors.js';
import { storedBatches } from './stored-batches.js';
import type { TrainMetrics } from './train.metrics.js';
import type { TrainFacts } from './train-state.js';
import type { TrainStore } from './train-store.js';
import { planWrites } from './train-writes.js';

/** How often a record that fails alone is tried. */
const ALONE = { retries: 2, minTimeout: 50, maxTimeout: 200 };

export interface TrainParts {
  bus: Bus;
  partitions: Partitions;
  facts: FactLoader;
  store: TrainStore;
  cursors: SenderCursors;
  deadLetters: DeadLetters;
  metrics: TrainMetrics;
  logger: Logger;
}

/** A train whose records were read, with what its partitions knew when it departed. */
interface ReadTrain {
  inbound: readonly (InboundRecord | UnreadableRecord)[];
  records: readonly ReceivedRecord[];
  held: HeldPartitions;
}

/** Runs one train after the other: read, load, decide, commit, publish, answer. docs/life-of-a-message.md follows a message through it. */
export class TrainService {
  constructor(
    protected readonly parts: TrainParts,
    private readonly alone: RetryOptions = ALONE,
  ) {}

  /** Rejects when the train is to come again: somebody else was there first, or MongoDB or the log is away. */
  async run({ records }: Train): Promise<void> {
    const held = this.parts.partitions.hold(new Set(records.map(({ partition }) => partition)));
    const inbound = records.map((record) => readRecord(record, held.cacheOf(record.partition).position));
    const decisions = await this.settle({ inbound, records, held });
    // What is published of a train goes on with the request of its first record: the records of all of them share their appends.
    await runInContext(contextOfRecord(records[0]), () => this.tell(decisions));
  }

  /** Decides and commits. What fails for a reason that will not go away fails alone, so that its partition goes on. */
  private async settle(train: ReadTrain): Promise<Decision[]> {
    try {
      return await this.settleTogether(train);
    } catch (error) {
      if (comesAgain(error)) throw error;
      this.parts.logger.error({ err: error, records: train.inbound.length }, 'a train failed: its records go one by one');
    }
    const decisions: Decision[] = [];
    for (const record of train.inbound) decisions.push(...(await this.settleAlone(record, train)));
    return decisions;
  }

  private async settleTogether({ inbound, records, held }: ReadTrain): Promise<Decision[]> {
    const { facts, store, metrics, deadLetters } = this.parts;
    const readable = inbound.flatMap((record) => (isUnreadable(record) ? [] : [record]));
    const loaded = await metrics.timed('load', () => mappingStorageErrors(() => facts.load(readable, held.caches)));
    held.requireHeld();
    const decisions = this.decide(inbound, loaded);
    // Before the progress passes them: once it has, nobody sees them again.
    await deadLetters.keep(inbound.filter(isUnreadable), records);
    const steps = held.steps(inbound);
    await metrics.timed('commit', () => store.commit(steps, planWrites(decisions)));
    held.remember(steps, decisions);
    metrics.count(decisions);
    return decisions;
  }

  /** What fails again and again, alone, is set aside with the reason. */
  private async settleAlone(record: InboundRecord | UnreadableRecord, train: ReadTrain): Promise<Decision[]> {
    try {
      const settle = () => this.settleTogether({ ...train, inbound: [record] });
      return await pRetry(settle, { ...this.alone, shouldRetry: ({ error }) => !comesAgain(error) });
    } catch (cause) {
      if (comesAgain(cause)) throw cause;
      const { partition, offset, reply } = record;
      const received = train.records.find((candidate) => candidate.partition === partition && candidate.offset === offset);
      const from = contextOfRecord(received);
      this.parts.logger.error({ err: cause, partition, offset, ...from }, 'a record can not be stored: it goes to the dead letters');
      // Not the sender's fault: repeated, it is a new record, and decided anew.
      const error = problem('internal', 'the command could not be stored', { cause });
      return this.settleTogether({ ...train, inbound: [{ partition, offset, reply, reason: String(cause), error }] });
    }
  }

  protected decide(inbound: ReadTrain['inbound'], loaded: TrainFacts): Decision[] {
    return decideTrain(inbound, loaded);
  }

  /** Everything here may be repeated, and is when the process dies: the offsets commit only behind it. */
  protected async tell(decisions: readonly Decision[]): Promise<void> {
    await this.parts.metrics.timed('publish', () =>
      Promise.all([this.publish(decisions), this.answer(decisions), this.parts.cursors.follow(decisions)]),
    );
  }

  protected async publish(decisions: readonly Decision[]): Promise<void> {
    const batches = storedBatches(decisions);
    if (batches.length === 0) return;
    await this.parts.bus.publish(
      TOPIC.stored,
      batches.map(({ partition, payload }) => ({ key: String(partition), type: STORED_EVENTS, payload, partition })),
    );
  }

  /** An answer that does not arrive is a deadline that passes; it must not hold up the train. */
  private async answer(decisions: readonly Decision[]): Promise<void> {
    const answers = decisions.flatMap(answerOf);
    try {
      if (answers.length > 0) await this.parts.bus.answer(answers);
    } catch (error) {
      this.parts.logger.warn({ err: error, answers: answers.length }, 'answers could not be sent; their askers will time out');
    }
  }
}

function answerOf(decision: Decision): Answer[] {
  const to = decision.record.reply;
  if (!to || decision.kind === 'passed') return [];
  if (decision.kind === 'refused') return [{ to, error: decision.error }];
  if (decision.kind === 'dead') return [{ to, error: decision.record.error }];
  return [{ to, value: decision.answer }];
}

/** Whether repeating the whole train is the cure: then nothing of it is known to be at fault. */
function comesAgain(error: unknown): boolean {
  return error instanceof ProgressLost || (error instanceof AppError && error.retryable);
}
