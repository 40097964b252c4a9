import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { ListConversations, CONVERSATION_QUESTIONS, type ConversationPage } from '#contracts';
import { ListConversationsService } from './list-conversations.service.js';

@Controller()
export class ListConversationsController {
  constructor(private readonly service: ListConversationsService) {}

  @Answers(CONVERSATION_QUESTIONS.list)
  list(@Payload() ask: ListConversations): Promise<ConversationPage> {
    return this.service.list(ask);
  }
}
