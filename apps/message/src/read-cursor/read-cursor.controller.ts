import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { MarkRead, MESSAGE_QUESTIONS, type ConversationState } from '#contracts';
import { ReadCursorService } from './read-cursor.service.js';

@Controller()
export class ReadCursorController {
  constructor(private readonly cursors: ReadCursorService) {}

  @Answers(MESSAGE_QUESTIONS.markRead)
  markRead(@Payload() ask: MarkRead): Promise<ConversationState> {
    return this.cursors.markRead(ask);
  }
}
