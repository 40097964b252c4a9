import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { MESSAGE_QUESTIONS, ReadPage, ReadRange, type MessagePage } from '#contracts';
import { ReadHistoryService } from './read-history.service.js';

@Controller()
export class ReadHistoryController {
  constructor(private readonly history: ReadHistoryService) {}

  @Answers(MESSAGE_QUESTIONS.readRange)
  range(@Payload() ask: ReadRange): Promise<MessagePage> {
    return this.history.range(ask);
  }

  @Answers(MESSAGE_QUESTIONS.readPage)
  page(@Payload() ask: ReadPage): Promise<MessagePage> {
    return this.history.aroundSeq(ask);
  }
}
