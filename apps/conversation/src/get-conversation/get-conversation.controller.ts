import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { GetConversation, CONVERSATION_QUESTIONS, type ConversationItem } from '#contracts';
import { GetConversationService } from './get-conversation.service.js';

@Controller()
export class GetConversationController {
  constructor(private readonly service: GetConversationService) {}

  @Answers(CONVERSATION_QUESTIONS.get)
  get(@Payload() ask: GetConversation): Promise<ConversationItem> {
    return this.service.get(ask);
  }
}
