import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, LogIn, type Tokens } from '#contracts';
import { LogInService } from './log-in.service.js';

@Controller()
export class LogInController {
  constructor(private readonly service: LogInService) {}

  @Answers(USER_QUESTIONS.logIn)
  logIn(@Payload() ask: LogIn): Promise<Tokens> {
    return this.service.logIn(ask);
  }
}
