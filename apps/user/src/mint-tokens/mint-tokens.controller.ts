import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, MintTokens, type Tokens } from '#contracts';
import { MintTokensService } from './mint-tokens.service.js';

@Controller()
export class MintTokensController {
  constructor(private readonly service: MintTokensService) {}

  @Answers(USER_QUESTIONS.mintTokens)
  mintTokens(@Payload() ask: MintTokens): Promise<Tokens> {
    return this.service.mint(ask);
  }
}
