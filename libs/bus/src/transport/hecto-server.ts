import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { systemClock, type Clock } from '#kernel';
import { consumerGroup, type ServiceName } from '#contracts';
import type { Telemetry } from '#observability';
import type { Bus } from '../client/bus.js';
import type { EventLog, ReceivedRecord, Subscription } from '../log/event-log.js';
import { DeadLetters } from './dead-letters.js';
import { EventConsumer, type EventConsumerOptions } from './event-consumer.js';
import { questionHandlers, topicHandlers, type TopicHandler } from './handler-map.js';
import { OwnPlace, type StartFrom } from './own-place.js';
import type { TrainHandler } from './patterns.js';
import { QuestionConsumer } from './question-consumer.js';
import type { Consumer } from './record-handler.js';
import { TrainConsumer } from './train-consumer.js';

export interface HectoServerOptions {
  log: EventLog;
  bus: Bus;
  telemetry: Telemetry;
  service: string;
  /** Tells the processes of a service apart. */
  instance: string;
  clock?: Clock;
  /** How long to wait after an event's n-th failure; undefined: give up. Default: see retry-schedule.ts. */
  delayAfter?: (attempt: number, error: unknown) => number | undefined;
  /** Awaited before each question is handled; what it rejects with is the question's answer. */
  beforeQuestion?: () => Promise<void>;
}

type TopicConsumer = Consumer & { readonly subscription: Subscription | undefined };

/** Nest's way to the log: subscribes for what the controllers and train handlers of one service ask for. */
export class HectoServer extends Server implements CustomTransportStrategy {
  /** Failures of event handlers reach the transport, which retries them. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumers = new Map<string, TopicConsumer>();
  private readonly trainHandlers: TrainHandler[] = [];
  private closing: Promise<void> | undefined;

  constructor(private readonly options: HectoServerOptions) {
    super();
  }

  /** Before `listen`. */
  addTrainHandlers(handlers: readonly TrainHandler[]): void {
    this.trainHandlers.push(...handlers);
  }

  listen(callback: (error?: Error) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error as Error),
    );
  }

  /** The running subscription to a topic, for example to await that a broadcast has caught up. */
  subscription(topic: string): Subscription {
    const subscription = this.consumers.get(topic)?.subscription;
    if (!subscription) throw new Error(`${this.options.service} has no running subscription to ${topic}`);
    return subscription;
  }

  subscriptions(): Subscription[] {
    return [...this.consumers.values()].flatMap(({ subscription }) => subscription ?? []);
  }

  /** Takes nothing new, ends what runs, commits. */
  close(): Promise<void> {
    return (this.closing ??= Promise.all([...this.consumers.values()].map((consumer) => consumer.stop())).then(() => undefined));
  }

  override on(): never {
    throw new Error('the log has no events to listen to: see subscription()');
  }

  override unwrap<T>(): T {
    return this.options.log as T;
  }

  private async start(): Promise<void> {
    this.addQuestions();
    for (const handler of topicHandlers(this.messageHandlers)) {
      if (handler.extras.mode === 'broadcast') this.addBroadcast(handler, handler.extras.from);
      else await this.addPerKey(handler);
    }
    const { log, service, instance, telemetry } = this.options;
    for (const handler of this.trainHandlers) this.add(handler.topic, new TrainConsumer(log, handler, service, instance, telemetry));
    // Not Promise.all: when one fails, close() must find the others started.
    const started = await Promise.allSettled([...this.consumers.values()].map((consumer) => consumer.start()));
    const failed = started.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private addQuestions(): void {
    const handlers = questionHandlers(this.messageHandlers);
    if (handlers.size === 0) return;
    const { service, log, bus, telemetry, clock = systemClock, beforeQuestion } = this.options;
    const foreign = [...handlers.keys()].find((name) => !name.startsWith(`${service}.`));
    if (foreign !== undefined) throw new Error(`${service} can't answer ${foreign}: it is asked of another service`);
    const consumer = new QuestionConsumer({ service: service as ServiceName, log, bus, telemetry, clock, handlers, beforeQuestion });
    this.add(`${service}.rpc.v1`, consumer);
  }

  private async addPerKey({ topic, handle }: TopicHandler): Promise<void> {
    const { log, telemetry, service } = this.options;
    const group = consumerGroup(service, topic);
    const deadLetters = new DeadLetters(log, topic, group, telemetry);
    await deadLetters.prepare();
    const giveUp = (record: ReceivedRecord, error: unknown) => deadLetters.put(record, error);
    this.add(topic, new EventConsumer({ ...this.common(), topic, handle, giveUp, subscribe: { group } }));
  }

  private addBroadcast({ topic, handle }: TopicHandler, from: StartFrom): void {
    const { telemetry, service, instance } = this.options;
    const place = new OwnPlace(from);
    const subscribe = { group: `${consumerGroup(service, topic)}--${instance}`, startAt: place.startAt };
    // Nobody would read the dead letters of one process: the others have handled the record.
    const giveUp = ({ partition, offset }: ReceivedRecord, error: unknown): Promise<void> => {
      telemetry.logger.error({ err: error, origin: `${topic}/${partition}/${offset}` }, 'skipped a broadcast record');
      return Promise.resolve();
    };
    this.add(topic, new EventConsumer({ ...this.common(), topic, handle, giveUp, subscribe, onHandled: place.advance }));
  }

  private common(): Pick<EventConsumerOptions, 'log' | 'telemetry' | 'delayAfter'> {
    const { log, telemetry, delayAfter } = this.options;
    return { log, telemetry, ...(delayAfter && { delayAfter }) };
  }

  private add(topic: string, consumer: TopicConsumer): void {
    if (this.consumers.has(topic))
      throw new Error(`${this.options.service} consumes ${topic} twice: in one process it has one way to do it`);
    this.consumers.set(topic, consumer);
  }
}
