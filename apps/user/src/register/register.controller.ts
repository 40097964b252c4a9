import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, RegisterUser, type Account } from '#contracts';
import { RegisterService } from './register.service.js';

@Controller()
export class RegisterController {
  constructor(private readonly service: RegisterService) {}

  @Answers(USER_QUESTIONS.register)
  register(@Payload() ask: RegisterUser): Promise<Account> {
    return this.service.register(ask);
  }
}
