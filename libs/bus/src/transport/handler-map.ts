import { lastValueFrom, isObservable } from 'rxjs';
import type { MessageHandler } from '@nestjs/microservices';
import type { QuestionHandler } from './question-consumer.js';
import type { RecordHandler } from './record-handler.js';
import type { AnswersExtras, ConsumeExtras } from './patterns.js';

/** One topic's handlers: as many methods as asked for it, all in the same way. */
export interface TopicHandler {
  topic: string;
  extras: ConsumeExtras;
  handle: RecordHandler;
}

type Handlers = ReadonlyMap<string, MessageHandler>;

/** The methods under `@Answers`, by question. */
export function questionHandlers(handlers: Handlers): Map<string, QuestionHandler> {
  const questions = new Map<string, QuestionHandler>();
  for (const [name, handler] of handlers) {
    if (handler.isEventHandler) continue;
    const extras = handler.extras as AnswersExtras | undefined;
    if (!extras?.payload) throw new Error(`the handler of ${name} has no payload class: declare it with @Answers`);
    questions.set(name, { payload: extras.payload, once: extras.once ?? false, handle: asRecordHandler(handler) });
  }
  return questions;
}

/** The methods under `@OnEvent` and `@OnBroadcast`, by topic. */
export function topicHandlers(handlers: Handlers): TopicHandler[] {
  return [...handlers].flatMap(([topic, handler]) => {
    if (!handler.isEventHandler) return [];
    const extras = handler.extras as ConsumeExtras | undefined;
    if (!extras?.mode) throw new Error(`the handler of ${topic} says no mode: declare it with @OnEvent or @OnBroadcast`);
    return [{ topic, extras, handle: asRecordHandler(handler) }];
  });
}

function asRecordHandler(handler: MessageHandler): RecordHandler {
  return async (payload, context) => {
    const result: unknown = await handler(payload, context);
    return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
  };
}
