import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { AppError } from '#kernel';
import type { Answer, Bus, ReceivedRecord, Train } from '#bus';
import { problem, STORED_EVENTS, TOPIC } from '#contracts';
import { mappingStorageErrors } from '#storage';
import type { InboundRecord, UnreadableRecord } from './command.js';
import type { DeadLetters } from './dead-letters.js';
import { decideTrain } from './decide.js';
import type { Decision } from './decision.js';
import type { FactLoader } from './fact-loader.js';
import type { Partitions } from './partitions.js';
import { isUnreadable, readRecord } from './read-record.js';
import type { SenderCursors } from './sender-cursors.js';
import { storedBatches } from './stored-batches.js';
import type { TrainMetrics } from './train.metrics.js';
import { ProgressLost, type TrainStore } from './train-store.js';
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

/** Runs one train after the other: read, load, decide, commit, publish, answer. docs/life-of-a-message.md follows a message through it. */
export class TrainService {
  constructor(private readonly parts: TrainParts) {}

  /** Rejects when the train is to come again: somebody else was there first, or MongoDB or the log is away. */
  async run({ records }: Train): Promise<void> {
    const inbound = this.read(records);
    const decisions = await this.settle(inbound);
    await this.tell(decisions, records);
  }

  private read(records: readonly ReceivedRecord[]): (InboundRecord | UnreadableRecord)[] {
    return records.map((record) => {
      const cache = this.parts.partitions.caches.get(record.partition);
      // Taken away while the train was on its way: whoever has it now decides.
      if (!cache) throw new ProgressLost();
      return readRecord(record, cache.position);
    });
  }

  /** Decides and commits. What fails for a reason that will not go away fails alone, so that its partition goes on. */
  private async settle(inbound: readonly (InboundRecord | UnreadableRecord)[]): Promise<Decision[]> {
    try {
      return await this.settleTogether(inbound);
    } catch (error) {
      if (comesAgain(error)) throw error;
      this.parts.logger.error({ err: error, records: inbound.length }, 'a train failed: its records go one by one');
    }
    const decisions: Decision[] = [];
    for (const record of inbound) decisions.push(...(await this.settleAlone(record)));
    return decisions;
  }

  private async settleTogether(inbound: readonly (InboundRecord | UnreadableRecord)[]): Promise<Decision[]> {
    const { partitions, facts, store, metrics } = this.parts;
    const readable = inbound.flatMap((record) => (isUnreadable(record) ? [] : [record]));
    const decisions = decideTrain(
      inbound,
      await metrics.timed('load', () => mappingStorageErrors(() => facts.load(readable, partitions.caches))),
    );
    const steps = partitions.steps(inbound);
    await metrics.timed('commit', () => store.commit(steps, planWrites(decisions)));
    partitions.remember(steps, decisions);
    metrics.count(decisions);
    return decisions;
  }

  /** What fails again and again, alone, is set aside with the reason. */
  private async settleAlone(record: InboundRecord | UnreadableRecord): Promise<Decision[]> {
    try {
      return await pRetry(() => this.settleTogether([record]), { ...ALONE, shouldRetry: ({ error }) => !comesAgain(error) });
    } catch (error) {
      if (comesAgain(error)) throw error;
      const { partition, offset, reply } = record;
      this.parts.logger.error({ err: error, partition, offset }, 'a record can not be stored: it goes to the dead letters');
      return this.settleTogether([{ partition, offset, reply, reason: String(error) }]);
    }
  }

  /** Everything here may be repeated, and is when the process dies: the offsets commit only behind it. */
  private async tell(decisions: readonly Decision[], records: readonly ReceivedRecord[]): Promise<void> {
    const { metrics, deadLetters, cursors } = this.parts;
    const dead = decisions.flatMap((decision) => (decision.kind === 'dead' ? [decision.record] : []));
    await metrics.timed('publish', () =>
      Promise.all([this.publish(decisions), this.answer(decisions), deadLetters.keep(dead, records), cursors.follow(decisions)]),
    );
  }

  private async publish(decisions: readonly Decision[]): Promise<void> {
    const batches = storedBatches(decisions);
    if (batches.length === 0) return;
    await this.parts.bus.publish(
      TOPIC.stored,
      batches.map(({ partition, payload }) => ({ key: String(partition), type: STORED_EVENTS, payload, partition })),
    );
  }

  private async answer(decisions: readonly Decision[]): Promise<void> {
    const answers = decisions.flatMap(answerOf);
    if (answers.length > 0) await this.parts.bus.answer(answers);
  }
}

function answerOf(decision: Decision): Answer[] {
  const to = decision.record.reply;
  if (!to || decision.kind === 'passed') return [];
  if (decision.kind === 'refused') return [{ to, error: decision.error }];
  if (decision.kind === 'dead') return [{ to, error: problem('invalid_request', decision.record.reason) }];
  return [{ to, value: decision.answer }];
}

/** Whether repeating the whole train is the cure: then nothing of it is known to be at fault. */
function comesAgain(error: unknown): boolean {
  return error instanceof ProgressLost || (error instanceof AppError && error.retryable);
}
