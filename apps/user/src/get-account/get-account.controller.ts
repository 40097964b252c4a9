import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, GetAccount, type Account } from '#contracts';
import { GetAccountService } from './get-account.service.js';

@Controller()
export class GetAccountController {
  constructor(private readonly service: GetAccountService) {}

  @Answers(USER_QUESTIONS.getAccount)
  getAccount(@Payload() ask: GetAccount): Promise<Account> {
    return this.service.get(ask.userId);
  }
}
