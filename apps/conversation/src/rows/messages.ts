import { Inject, Injectable } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import { MESSAGE_QUESTIONS, problem, type ConversationId, type ConversationState, type Preview, type UserId } from '#contracts';

/** What the conversation service asks of the message service. Nothing of it is kept: what one just did is in the next list. */
@Injectable()
export class Messages {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  /** Of every conversation in which the user has an open window. */
  async allStates(userId: UserId): Promise<ConversationState[]> {
    const states: ConversationState[] = [];
    for (let after: ConversationId | undefined; ;) {
      const page = await this.bus.ask(MESSAGE_QUESTIONS.listStates, userId, { userId, ...(after && { after }) });
      states.push(...page.items);
      if (page.next === null) return states;
      after = page.next;
    }
  }

  /** Throws `conversation_not_found` when the user has no open window there. */
  async stateOf(userId: UserId, conversationId: ConversationId): Promise<ConversationState> {
    const [state] = await this.bus.ask(MESSAGE_QUESTIONS.getStates, userId, { userId, conversationIds: [conversationId] });
    if (!state) throw problem('conversation_not_found', `${userId} has no conversation ${conversationId}`);
    return state;
  }

  /** The latest message of each that the user may read. At most 200. */
  async previews(userId: UserId, conversationIds: readonly ConversationId[]): Promise<Record<string, Preview | null>> {
    if (conversationIds.length === 0) return {};
    return this.bus.ask(MESSAGE_QUESTIONS.getPreviews, userId, { userId, conversationIds: [...conversationIds] });
  }
}
