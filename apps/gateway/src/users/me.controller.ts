import { Body, Controller, Get, Inject, Patch, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BUS, type Bus } from '#bus';
import { USER_QUESTIONS, type UserId } from '#contracts';
import { ActingUser } from '../access/request-caller.js';
import { tagVersion, UNCHANGED } from '../http/entity-tag.js';
import { given } from '../input/given.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { AccountDto, accountDto } from './users.answer.js';
import { ProfileInput } from './users.input.js';

@ApiTags('me')
@Controller('v1/me')
export class MeController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get()
  @Endpoint({ summary: 'Read my account', access: 'user', status: 200, answer: AccountDto, also: UNCHANGED, errors: [] })
  async read(@ActingUser() userId: UserId, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccountDto | undefined> {
    const account = await this.bus.ask(USER_QUESTIONS.getAccount, userId, { userId });
    return tagVersion(reply, account.version, accountDto(account));
  }

  @Patch()
  @Endpoint({ summary: 'Change my profile', access: 'user', status: 200, answer: AccountDto, hasBody: true, errors: [] })
  async update(@ActingUser() userId: UserId, @Body() input: ProfileInput): Promise<AccountDto> {
    return accountDto(await this.bus.ask(USER_QUESTIONS.updateProfile, userId, { ...given(input), userId }));
  }
}
