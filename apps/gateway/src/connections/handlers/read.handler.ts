import type { Bus } from '#bus';
import { MESSAGE_QUESTIONS, ReadFrame, type AnswerData } from '#contracts';
import { readInput } from '../../input/read-input.js';
import { requireAllowed, type RateLimits } from '../../rate-limits/rate-limits.js';
import type { Connection } from '../connection.js';
import type { RequestHandler } from '../request-handler.js';
import { callingUser } from './calling-user.js';

/** Moves a read cursor. */
export class ReadHandler implements RequestHandler {
  constructor(
    private readonly bus: Bus,
    private readonly limits: Pick<RateLimits, 'take'>,
  ) {}

  async answer(connection: Connection, data: unknown): Promise<AnswerData<'read'>> {
    const { conversationId, seq } = readInput(ReadFrame, data);
    const caller = callingUser(connection);
    requireAllowed(this.limits.take('request', caller));
    const state = await this.bus.ask(MESSAGE_QUESTIONS.markRead, conversationId, { userId: caller.userId, conversationId, seq });
    return { conversationId, readSeq: state.readSeq, unread: state.unread };
  }
}
