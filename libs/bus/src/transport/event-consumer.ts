import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import { busMetrics, runInContext, type BusMetrics, type Telemetry } from '#observability';
import { decodeJson } from '../client/answer-codec.js';
import { contextOf } from '../client/record-facts.js';
import type { EventLog, ReceivedRecord, SubscribeOptions, Subscription, Train } from '../log/event-log.js';
import { RecordContext } from './record-context.js';
import type { Consumer, RecordHandler } from './record-handler.js';
import { delayAfter } from './retry-schedule.js';

const TRAIN = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };
const MAX_KEYS_AT_A_TIME = 64;

export interface EventConsumerOptions {
  log: EventLog;
  telemetry: Telemetry;
  topic: string;
  subscribe: Pick<SubscribeOptions, 'group' | 'startAt' | 'onRevoked'>;
  handle: RecordHandler;
  /** What becomes of a record that can't be handled; when it rejects, the record comes again. */
  giveUp: (record: ReceivedRecord, error: unknown) => Promise<void>;
  /** How long to wait after a record's n-th failure; undefined: give up. */
  delayAfter?: (attempt: number, error: unknown) => number | undefined;
  /** After each train that is done. */
  onHandled?: (train: Train) => void;
}

/** Handles each event of a topic: keys side by side, one key in order. A failing record holds up its own key while it is retried. */
export class EventConsumer implements Consumer {
  private readonly metrics: BusMetrics;
  private readonly stopping = new AbortController();
  private running: Subscription | undefined;

  constructor(private readonly options: EventConsumerOptions) {
    this.metrics = busMetrics(options.telemetry.metrics);
  }

  get subscription(): Subscription | undefined {
    return this.running;
  }

  async start(): Promise<void> {
    const { log, topic, subscribe } = this.options;
    this.running = await log.subscribe(topic, { ...subscribe, ...TRAIN }, (train) => this.onTrain(train));
  }

  /** A record that is being retried is left to whoever comes next. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running?.stop();
  }

  private async onTrain(train: Train): Promise<void> {
    this.metrics.trainRecords.observe({ topic: this.options.topic }, train.records.length);
    const slots = pLimit(MAX_KEYS_AT_A_TIME);
    const keys = [...byKey(train.records).values()].map((records) => slots(() => this.inOrder(records)));
    // Not Promise.all: a train that rejects comes again at once, and may not meet its own other keys still running.
    const failed = (await Promise.allSettled(keys)).find((key) => key.status === 'rejected');
    if (failed) throw failed.reason;
    this.options.onHandled?.(train);
  }

  private async inOrder(records: readonly ReceivedRecord[]): Promise<void> {
    for (const record of records) await runInContext(contextOf(record), () => this.settle(record));
  }

  private async settle(record: ReceivedRecord): Promise<void> {
    let payload: unknown;
    try {
      payload = decodeJson(record.value);
    } catch (error) {
      return this.giveUp(record, error);
    }
    return this.tryUntilDone(record, payload);
  }

  private async tryUntilDone(record: ReceivedRecord, payload: unknown): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const end = this.metrics.handleSeconds.startTimer({ type: this.options.topic });
      try {
        await this.options.handle(payload, new RecordContext(record));
        this.count('ok');
        return;
      } catch (error) {
        const waitMs = (this.options.delayAfter ?? delayAfter)(attempt, error);
        if (waitMs === undefined) {
          await this.giveUp(record, error);
          return;
        }
        this.options.telemetry.logger.warn({ err: error, topic: record.topic, key: record.key, attempt, waitMs }, 'an event failed');
        await delay(waitMs, undefined, { signal: this.stopping.signal });
      } finally {
        end();
      }
    }
  }

  private async giveUp(record: ReceivedRecord, error: unknown): Promise<void> {
    await this.options.giveUp(record, error);
    this.count('given_up');
  }

  private count(outcome: string): void {
    this.metrics.handled.inc({ topic: this.options.topic, outcome });
  }
}

function byKey(records: readonly ReceivedRecord[]): Map<string, ReceivedRecord[]> {
  const keys = new Map<string, ReceivedRecord[]>();
  for (const record of records) {
    const before = keys.get(record.key);
    if (before) before.push(record);
    else keys.set(record.key, [record]);
  }
  return keys;
}
