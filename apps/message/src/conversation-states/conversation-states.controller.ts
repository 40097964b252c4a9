import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import {
  GetStates,
  ListByUser,
  MESSAGE_QUESTIONS,
  type ConversationState,
  type ConversationStates,
  type WindowStatePage,
  type Preview,
} from '#contracts';
import { ConversationStatesService } from './conversation-states.service.js';

@Controller()
export class ConversationStatesController {
  constructor(private readonly states: ConversationStatesService) {}

  @Answers(MESSAGE_QUESTIONS.getStates)
  get(@Payload() ask: GetStates): Promise<ConversationState[]> {
    return this.states.get(ask);
  }

  @Answers(MESSAGE_QUESTIONS.listStates)
  list(@Payload() ask: ListByUser): Promise<ConversationStates> {
    return this.states.list(ask);
  }

  @Answers(MESSAGE_QUESTIONS.getPreviews)
  previews(@Payload() ask: GetStates): Promise<Record<string, Preview | null>> {
    return this.states.previews(ask);
  }

  @Answers(MESSAGE_QUESTIONS.listWindows)
  listWindows(@Payload() ask: ListByUser): Promise<WindowStatePage> {
    return this.states.listWindows(ask);
  }
}
