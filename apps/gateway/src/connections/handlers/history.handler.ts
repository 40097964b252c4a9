import type { Bus } from '#bus';
import { HistoryFrame, LIMITS, MESSAGE_QUESTIONS, type MessagePage, type UserId } from '#contracts';
import { given } from '../../input/given.js';
import { readInput } from '../../input/read-input.js';
import { historyAsk } from '../../messages/history.query.js';
import { messagePageText } from '../../messages/message-page.js';
import { requireAllowed, type RateLimits } from '../../rate-limits/rate-limits.js';
import type { Connection } from '../connection.js';
import { JsonText } from '../frame-encoder.js';
import type { RequestHandler } from '../request-handler.js';
import { callingUser } from './calling-user.js';

/** Messages of a conversation, within the user's window. */
export class HistoryHandler implements RequestHandler {
  constructor(
    private readonly bus: Bus,
    private readonly limits: Pick<RateLimits, 'take'>,
  ) {}

  async answer(connection: Connection, data: unknown): Promise<JsonText> {
    const frame = readInput(HistoryFrame, data);
    const caller = callingUser(connection);
    requireAllowed(this.limits.take('request', caller));
    return new JsonText(messagePageText(await this.read(caller.userId, frame)));
  }

  private read(userId: UserId, { conversationId, limit = LIMITS.maxPageMessages, ...which }: HistoryFrame): Promise<MessagePage> {
    const ask = historyAsk({ ...which, limit });
    const about = { userId, conversationId };
    if (ask.kind === 'range') {
      return this.bus.ask(MESSAGE_QUESTIONS.readRange, conversationId, { ...about, fromSeq: ask.fromSeq, toSeq: ask.toSeq });
    }
    const { beforeSeq, afterSeq } = ask;
    return this.bus.ask(MESSAGE_QUESTIONS.readPage, conversationId, { ...about, ...given({ limit, beforeSeq, afterSeq }) });
  }
}
