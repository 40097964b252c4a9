import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Answers } from '#bus';
import { USER_QUESTIONS, RefreshTokens, type Tokens } from '#contracts';
import { RefreshTokensService } from './refresh-tokens.service.js';

@Controller()
export class RefreshTokensController {
  constructor(private readonly service: RefreshTokensService) {}

  @Answers(USER_QUESTIONS.refreshTokens)
  refreshTokens(@Payload() ask: RefreshTokens): Promise<Tokens> {
    return this.service.refresh(ask.refreshToken);
  }
}
