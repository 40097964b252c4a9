import type { AnswerData, SendAnswer, SendMessage } from '#contracts';
import type { Caller } from '../../authentication/caller.js';
import { readInput } from '../../input/read-input.js';
import { requireAllowed, type RateLimits } from '../../rate-limits/rate-limits.js';
import { SendRequest } from '../../send-message/send-message.input.js';
import type { SendMessageService } from '../../send-message/send-message.service.js';
import type { Connection } from '../connection.js';
import type { RequestHandler } from '../request-handler.js';

/** A message, in the lane of its socket. */
export class SendHandler implements RequestHandler {
  constructor(
    private readonly messages: Pick<SendMessageService, 'prepare' | 'submit'>,
    private readonly limits: Pick<RateLimits, 'take'>,
  ) {}

  async answer(connection: Connection, data: unknown): Promise<AnswerData<'send'>> {
    const request = readInput(SendRequest, data);
    const caller = connection.caller as Caller;
    requireAllowed(this.limits.take('send', caller));
    const answer = await connection.lane.run(
      () => this.messages.prepare(caller, request),
      (command) => this.submit(connection, command),
    );
    return { ...answer, sentAt: new Date(answer.sentAt).toISOString() };
  }

  private submit({ ownSends, queue }: Connection, command: SendMessage): Promise<SendAnswer> {
    ownSends.add(command);
    const answer = this.messages.submit(command);
    answer.then(
      () => ownSends.answered(command),
      () => {
        const seq = ownSends.forget(command);
        if (seq !== undefined) queue.writeHint(command.conversationId, seq);
      },
    );
    return answer;
  }
}
