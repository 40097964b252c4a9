import { newId, systemClock, type Clock } from '#kernel';
import { problem, rpcTopic, TOPIC, type Question } from '#contracts';
import { busMetrics, contextOfNextHop, type BusMetrics, type Telemetry } from '#observability';
import type { AppendRecord, EventLog, Position } from '../log/event-log.js';
import { ANSWER_TYPE, decodeJson, encodeError, encodeJson } from './answer-codec.js';
import type { Answer, AskOptions, Bus, Outgoing } from './bus.js';
import { HEADER } from './envelope.js';
import { outcomeOf } from './outcome.js';
import { PendingAnswers } from './pending-answers.js';
import { ReplyListener } from './reply-listener.js';

const DEFAULT_TIMEOUT_MS = 5000;
/** About what one process has answered within a few seconds: what comes on top would wait longer than its deadline, and fill the memory. */
const MAX_OPEN = 4096;
const CROWDED_RETRY_MS = 1000;

export interface BusClientOptions {
  log: EventLog;
  service: string;
  /** Tells the processes of a service apart; no two of them at a time may have the same. */
  instance: string;
  telemetry: Telemetry;
  clock?: Clock;
}

/** The Bus over a log: questions, commands and their answers are records like all others. */
export class BusClient implements Bus {
  /** Of this process: `<service>-<instance>`, in the header `producer` of all its records. */
  readonly processName: string;
  private readonly clock: Clock;
  private readonly metrics: BusMetrics;
  private readonly pending = new PendingAnswers();
  private readonly replies: ReplyListener;
  /** Questions and commands whose record is not appended yet, or that wait for their answer. */
  private open = 0;

  private constructor(private readonly options: BusClientOptions) {
    this.processName = `${options.service}-${options.instance}`;
    this.clock = options.clock ?? systemClock;
    this.metrics = busMetrics(options.telemetry.metrics);
    this.replies = new ReplyListener(options.log, this.processName, this.pending);
  }

  /** Resolves when answers are listened for. */
  static async start(options: BusClientOptions): Promise<BusClient> {
    const bus = new BusClient(options);
    await bus.replies.start();
    return bus;
  }

  ask<Ask extends object, Reply>(question: Question<Ask, Reply>, key: string, payload: Ask, options?: AskOptions): Promise<Reply> {
    return this.command<Reply>(rpcTopic(question.service), { key, type: question.name, payload }, options);
  }

  // Not async: the append happens within the call, so that calls for one key are appended in their order.
  command<Reply>(topic: string, command: Outgoing, options: AskOptions = {}): Promise<Reply> {
    if (this.open >= MAX_OPEN) return this.measured(command.type, Promise.reject<Reply>(crowded()));
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const correlationId = newId();
    const record = this.encode(command, {
      [HEADER.replyTo]: this.replies.address,
      [HEADER.correlationId]: correlationId,
      [HEADER.deadline]: String(this.clock.now() + timeoutMs),
    });
    const answer = this.pending.expect(correlationId, `${command.type} of ${command.key}`, timeoutMs);
    const appended = this.options.log.append(topic, [record]);
    appended.catch((error: unknown) => this.pending.reject(correlationId, error));
    void this.counted([appended, answer]);
    return this.measured(
      command.type,
      answer.then((value) => decodeJson(value) as Reply),
    );
  }

  publish(topic: string, records: readonly Outgoing[]): Promise<Position[]> {
    const encoded = records.map((record) => this.encode(record, {}));
    return this.options.log.append(topic, encoded);
  }

  async answer(answers: readonly Answer[]): Promise<void> {
    if (answers.length === 0) return;
    await this.options.log.append(
      TOPIC.reply,
      answers.map((answer) => this.encodeAnswer(answer)),
    );
  }

  /** Whoever still waits for an answer is told that it won't come here. */
  async close(): Promise<void> {
    await this.replies.stop();
    this.pending.rejectAll(problem('unavailable', `${this.options.service} is shutting down`));
  }

  private encode(outgoing: Outgoing, headers: Record<string, string>): AppendRecord {
    const { requestId, traceparent } = contextOfNextHop();
    const { key, type, payload, id = newId(), partition } = outgoing;
    return {
      key,
      value: Buffer.isBuffer(payload) ? payload : encodeJson(payload),
      headers: {
        [HEADER.id]: id,
        [HEADER.type]: type,
        [HEADER.producer]: this.processName,
        [HEADER.traceparent]: traceparent,
        [HEADER.requestId]: requestId,
        ...headers,
      },
      ...(partition === undefined ? {} : { partition }),
    };
  }

  private encodeAnswer(answer: Answer): AppendRecord {
    const { replyTo, correlationId, requestId } = answer.to;
    const slash = replyTo.indexOf('/');
    const failed = 'error' in answer;
    return {
      key: replyTo.slice(slash + 1),
      partition: Number(replyTo.slice(0, slash)),
      value: failed ? encodeError(answer.error) : encodeJson(answer.value),
      headers: {
        [HEADER.type]: failed ? ANSWER_TYPE.error : ANSWER_TYPE.value,
        [HEADER.producer]: this.processName,
        [HEADER.correlationId]: correlationId,
        ...(requestId !== undefined && { [HEADER.requestId]: requestId }),
      },
    };
  }

  private async counted(parts: readonly Promise<unknown>[]): Promise<void> {
    this.open += 1;
    await Promise.allSettled(parts);
    this.open -= 1;
  }

  private async measured<T>(type: string, answer: Promise<T>): Promise<T> {
    const end = this.metrics.askSeconds.startTimer({ type });
    try {
      const value = await answer;
      end({ outcome: 'ok' });
      return value;
    } catch (error) {
      end({ outcome: outcomeOf(error) });
      throw error;
    }
  }
}

function crowded(): Error {
  return problem('unavailable', `${MAX_OPEN} calls wait for their answers here: try again later`, { retryAfterMs: CROWDED_RETRY_MS });
}
