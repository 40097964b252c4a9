import { EventPattern, MessagePattern } from '@nestjs/microservices';
import type { PartitionState, Train } from '../log/event-log.js';
import type { Question } from '#contracts';
import type { StartFrom } from './own-place.js';

/** How a handler takes the records of a topic. */
export type ConsumeExtras = { mode: 'perKey' } | { mode: 'broadcast'; from: StartFrom };

export interface AnswersExtras {
  payload: abstract new () => object;
  once?: boolean;
}

/** Answers a question: `@Answers(GROUP_QUESTIONS.join)` over `async join(@Payload() ask: JoinGroup)`. The payload is validated; what is thrown goes back as the error. */
export function Answers(question: Question<object, unknown>): MethodDecorator {
  const { name, payload, once = false } = question;
  return MessagePattern(name, { payload, once } satisfies AnswersExtras);
}

/** Handles each event of a topic: keys side by side, one key in order. What fails again and again goes to the dead letters. */
export function OnEvent(topic: string): MethodDecorator {
  return EventPattern(topic, { mode: 'perKey' } satisfies ConsumeExtras) as MethodDecorator;
}

/** Handles each event of a topic in every process: its own group, the same order. `from` says where a new process starts. */
export function OnBroadcast(topic: string, options: { from: StartFrom }): MethodDecorator {
  return EventPattern(topic, { mode: 'broadcast', ...options } satisfies ConsumeExtras) as MethodDecorator;
}

/** Takes whole trains: the provider under this token handles `topic` by itself (positions, dead letters and answers included). */
export interface TrainHandler {
  topic: string;
  startAt?: (state: PartitionState) => Promise<number>;
  onRevoked?: (partitions: readonly number[]) => void;
  onTrain(train: Train): Promise<void>;
  maxRecords: number;
  maxBytes: number;
  paceMs?: number;
  /** Every process takes every train, in a group of its own. */
  broadcast?: { from: StartFrom };
}
