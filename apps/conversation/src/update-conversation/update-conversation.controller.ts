import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { UpdateConversation, CONVERSATION_QUESTIONS, type ConversationItem } from '#contracts';
import { UpdateConversationService } from './update-conversation.service.js';

@Controller()
export class UpdateConversationController {
  constructor(private readonly service: UpdateConversationService) {}

  @Answers(CONVERSATION_QUESTIONS.update)
  update(@Payload() ask: UpdateConversation): Promise<ConversationItem> {
    return this.service.update(ask);
  }
}
