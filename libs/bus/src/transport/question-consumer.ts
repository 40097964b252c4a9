import pLimit, { type LimitFunction } from 'p-limit';
import { AppError, SerialByKey, type Clock } from '#kernel';
import { consumerGroup, problem, rpcTopic, type ServiceName } from '#contracts';
import { busMetrics, runInContext, type BusMetrics, type Telemetry } from '#observability';
import { decodeJson } from '../client/answer-codec.js';
import type { Answer, Bus } from '../client/bus.js';
import { outcomeOf } from '../client/outcome.js';
import { contextOf, isPastDeadline, replyAddressOf, typeOf } from '../client/record-facts.js';
import type { EventLog, ReceivedRecord, Subscription, Train } from '../log/event-log.js';
import { DeadLetters } from './dead-letters.js';
import { RecordContext } from './record-context.js';
import type { Consumer, RecordHandler } from './record-handler.js';
import { validatePayload } from './validate-payload.js';

const TRAIN = { maxRecords: 200, maxBytes: 4 * 1024 * 1024 };
/** Questions that are worked on at a time … */
const MAX_RUNNING = 64;
/** … and those that were taken from the log in all: beyond it the log waits, and what waits too long there is dropped unseen. */
const MAX_TAKEN = 512;

export interface QuestionHandler {
  payload: abstract new () => object;
  /** It changes something, and is not handled twice. */
  once?: boolean;
  handle: RecordHandler;
}

export interface QuestionConsumerOptions {
  log: EventLog;
  bus: Bus;
  telemetry: Telemetry;
  clock: Clock;
  service: ServiceName;
  handlers: ReadonlyMap<string, QuestionHandler>;
  /** Awaited once a question is known to be one, before its handler; what it rejects with is the answer. */
  beforeQuestion?: (() => Promise<void>) | undefined;
}

/**
 * Answers the questions of `<service>.rpc.v1`. A question counts as handled once it is taken, not once it is answered: a slow one
 * holds up its own key and nothing else. One that dies with its process is not answered, its asker's deadline passes, and he asks
 * again. One that changes something is taken once and for all, its offset committed before it is handled: answered, and redelivered
 * behind what its asker did next, it would undo that. Others may come twice; a killed member's come after their deadline.
 */
export class QuestionConsumer implements Consumer {
  private readonly topic: string;
  private readonly group: string;
  private readonly deadLetters: DeadLetters;
  private readonly metrics: BusMetrics;
  private readonly lanes = new SerialByKey();
  private readonly slots: LimitFunction = pLimit(MAX_RUNNING);
  private readonly taken = new Set<Promise<void>>();
  private running: Subscription | undefined;

  constructor(private readonly options: QuestionConsumerOptions) {
    this.topic = rpcTopic(options.service);
    this.group = consumerGroup(options.service, this.topic);
    this.deadLetters = new DeadLetters(options.log, this.topic, this.group, options.telemetry);
    this.metrics = busMetrics(options.telemetry.metrics);
  }

  get subscription(): Subscription | undefined {
    return this.running;
  }

  async start(): Promise<void> {
    await this.deadLetters.prepare();
    const options = { group: this.group, ...TRAIN, atMostOnce: (record: ReceivedRecord) => this.isOnce(record) };
    this.running = await this.options.log.subscribe(this.topic, options, (train) => this.take(train));
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await Promise.all(this.taken);
  }

  private isOnce(record: ReceivedRecord): boolean {
    return this.options.handlers.get(typeOf(record))?.once ?? false;
  }

  private async take({ records }: Train): Promise<void> {
    this.metrics.trainRecords.observe({ topic: this.topic }, records.length);
    for (const record of records) {
      while (this.taken.size >= MAX_TAKEN) await Promise.race(this.taken);
      const task = this.lanes.run(record.key, () => this.slots(() => this.answer(record)));
      this.taken.add(task);
      void task.finally(() => this.taken.delete(task));
    }
  }

  /** Never rejects: whatever happens is an answer, or is dropped. */
  private async answer(record: ReceivedRecord): Promise<void> {
    const to = replyAddressOf(record);
    if (isPastDeadline(record, this.options.clock.now())) {
      this.count('expired');
      return;
    }
    await runInContext(contextOf(record), async () => {
      const answer = await this.work(record);
      this.count('error' in answer ? outcomeOf(answer.error) : 'ok');
      if (to) await this.send({ to, ...answer });
    });
  }

  private async work(record: ReceivedRecord): Promise<{ value: object } | { error: AppError }> {
    const type = typeOf(record);
    const end = this.metrics.handleSeconds.startTimer();
    try {
      return { value: (await this.handle(type, record)) as object };
    } catch (error) {
      return { error: this.toAppError(error, record) };
    } finally {
      end({ type: this.options.handlers.has(type) ? type : 'unknown' });
    }
  }

  private async handle(type: string, record: ReceivedRecord): Promise<unknown> {
    const handler = this.options.handlers.get(type);
    if (!handler) throw problem('not_found', `${this.options.service} does not know the question ${type}`);
    const payload = validatePayload(handler.payload, await this.decode(record), type);
    await this.options.beforeQuestion?.();
    return handler.handle(payload, new RecordContext(record));
  }

  private async decode(record: ReceivedRecord): Promise<unknown> {
    try {
      return decodeJson(record.value);
    } catch (error) {
      await this.deadLetters.put(record, error);
      throw problem('malformed_json', `the payload of ${typeOf(record)} is not valid JSON in UTF-8`);
    }
  }

  private toAppError(error: unknown, record: ReceivedRecord): AppError {
    if (error instanceof AppError) return error;
    this.options.telemetry.logger.error({ err: error, type: typeOf(record), key: record.key }, 'a question failed');
    return problem('internal', `${typeOf(record)} failed in the ${this.options.service} service`);
  }

  private async send(answer: Answer): Promise<void> {
    try {
      await this.options.bus.answer([answer]);
    } catch (error) {
      this.options.telemetry.logger.warn({ err: error }, 'an answer could not be sent; its asker will time out');
    }
  }

  private count(outcome: string): void {
    this.metrics.handled.inc({ topic: this.topic, outcome });
  }
}
