import { Body, Controller, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { BUS, type Bus } from '#bus';
import { normaliseLogin, USER_QUESTIONS, type ErrorCode } from '#contracts';
import { given } from '../input/given.js';
import { UserPath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { SharedLimits } from '../rate-limits/shared-limits.js';
import { TokensDto, tokensDto } from './sessions.answer.js';
import { DeviceInput, LogInInput, RefreshInput } from './sessions.input.js';

const PASSED_ON: readonly ErrorCode[] = ['invalid_request', 'too_many_requests', 'unavailable', 'timeout'];

@ApiTags('sessions')
@Controller('v1')
export class SessionsController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly limits: SharedLimits,
  ) {}

  @Post('sessions')
  @Endpoint({
    summary: 'Log in with a password',
    access: 'open',
    status: 201,
    answer: TokensDto,
    hasBody: true,
    errors: ['wrong_credentials', ...PASSED_ON],
  })
  async logIn(@Body() input: LogInInput, @Req() { ip }: FastifyRequest): Promise<TokensDto> {
    await this.limits.take('login-address', ip);
    await this.limits.take('login-account', normaliseLogin(input.login));
    return tokensDto(await this.bus.ask(USER_QUESTIONS.logIn, input.login, given(input)));
  }

  @Post('sessions/refresh')
  @Endpoint({
    summary: 'Get new tokens for a refresh token',
    access: 'open',
    status: 200,
    answer: TokensDto,
    hasBody: true,
    errors: ['invalid_token', 'token_expired', 'token_revoked', ...PASSED_ON],
  })
  async refresh(@Body() { refreshToken }: RefreshInput, @Req() { ip }: FastifyRequest): Promise<TokensDto> {
    await this.limits.take('refresh-address', ip);
    // The key spreads the questions over the partitions; whose token it is, only the user service knows.
    return tokensDto(await this.bus.ask(USER_QUESTIONS.refreshTokens, refreshToken.slice(0, 16), { refreshToken }));
  }

  @Post('users/:userId/tokens')
  @Endpoint({
    summary: 'Get tokens for a user',
    access: 'backend',
    status: 201,
    answer: TokensDto,
    hasBody: true,
    errors: ['user_not_found'],
  })
  async mint(@Param() { userId }: UserPath, @Body() device: DeviceInput): Promise<TokensDto> {
    return tokensDto(await this.bus.ask(USER_QUESTIONS.mintTokens, userId, { ...given(device), userId }));
  }
}
