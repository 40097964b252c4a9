import type { AppError } from '#kernel';
import type { Question } from '#contracts';
import type { Position } from '../log/event-log.js';

export interface AskOptions {
  /** How long to wait for the answer (default 5,000). After it: `problem('timeout')`, and a late answer is dropped. */
  timeoutMs?: number;
}

/** A record as a service writes it: the payload is encoded as JSON, unless it is a Buffer already. */
export interface Outgoing {
  key: string;
  /** Header `type`. */
  type: string;
  payload: object;
  /** Default: a new one. */
  id?: string;
  partition?: number;
}

/** Where an answer goes, as the `reply-to` and `correlation-id` headers of a record said. */
export interface ReplyAddress {
  replyTo: string;
  correlationId: string;
  /** Of the request that asked; the answer carries it on. A train answers many at once, so what is worked for just then does not tell. */
  requestId?: string;
}

export type Answer = { to: ReplyAddress; value: object } | { to: ReplyAddress; error: AppError };

/** How services speak to one another; one per process and service. Trace context and request id travel along by themselves. */
export interface Bus {
  /** A question with its answer. Errors of the other side arrive as the AppError that was thrown there. */
  ask<Ask extends object, Reply>(question: Question<Ask, Reply>, key: string, payload: Ask, options?: AskOptions): Promise<Reply>;

  /**
   * Appends a command to a topic and waits for whoever decides it to answer. Calls for one key are appended in their order.
   * Rejects with `unavailable` or `timeout` when the outcome is unknown: repeat it with the same ids.
   */
  command<Reply>(topic: string, command: Outgoing, options?: AskOptions): Promise<Reply>;

  /** Resolves when durable. */
  publish(topic: string, records: readonly Outgoing[]): Promise<Position[]>;

  /** Answers that a train handler owes; for `@MessagePattern` handlers the transport does it. Best effort: the asker has a deadline. */
  answer(answers: readonly Answer[]): Promise<void>;
}

/** Injection token of the Bus. */
export const BUS = Symbol('Bus');
