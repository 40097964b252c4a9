import type { Answer, Client, Operation } from '../history/history.js';
import type { Recorder } from '../history/recorder.js';
import { answerOf } from './answered.js';
import { frameOf } from './asked.js';
import type { Connection } from './connection.js';
import type { Frame } from './frame.js';
import { failed, SILENCE, type Outcome } from './outcome.js';

export type SocketOperation = Parameters<typeof frameOf>[0];

/** Requests of one device over its connection, recorded as they go out and as their answers come in. */
export class SocketCalls {
  constructor(
    private readonly client: Client,
    private readonly recorder: Recorder,
  ) {}

  /** `take` gets the outcome before anything that came after the answer is looked at. */
  ask(connection: Connection, operation: SocketOperation, take: (outcome: Outcome<Answer>) => void, content?: unknown): void {
    const { type, data } = frameOf(operation, content);
    this.askAs(connection, operation, { type, data, answer: (answered) => answerOf(operation, answered) }, take);
  }

  /** For an operation that another frame asks for: the sync of a `connect`. */
  askAs(
    connection: Connection,
    operation: Operation,
    frame: { type: string; data: object; answer: (data: unknown) => Answer },
    take: (outcome: Outcome<Answer>) => void,
  ): void {
    const call = this.recorder.call(this.client, operation);
    connection.request(frame.type, frame.data, (answered) => {
      const outcome = outcomeOf(answered, frame.answer);
      this.recorder.returned(call, operation, outcome);
      take(outcome);
    });
  }
}

export function outcomeOf<T>(frame: Frame | undefined, answer: (data: unknown) => T): Outcome<T> {
  if (!frame) return SILENCE;
  if (frame.type === 'ok') return { outcome: 'ok', answer: answer(frame.data) };
  return frame.error ? failed(frame.error) : SILENCE;
}
