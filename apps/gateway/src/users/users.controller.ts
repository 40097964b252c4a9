import { Body, Controller, Get, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BUS, type Bus } from '#bus';
import { problem, USER_QUESTIONS } from '#contracts';
import { FromCaller, type RequestCaller } from '../access/request-caller.js';
import { tagVersion, UNCHANGED } from '../http/entity-tag.js';
import { given } from '../input/given.js';
import { UserPath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { Registration } from './registration.js';
import { AccountDto, accountDto, ProfileDto, profileDto, ProfilesDto, UpsertedDto, upsertedDto, UpsertedManyDto } from './users.answer.js';
import { ProfileInput, RegisterInput, UpsertManyInput, UsersQuery } from './users.input.js';

@ApiTags('users')
@Controller('v1')
export class UsersController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly registration: Registration,
  ) {}

  @Post('users')
  @Endpoint({
    summary: 'Register a user',
    access: 'optional',
    status: 201,
    answer: AccountDto,
    hasBody: true,
    errors: ['registration_closed', 'user_exists'],
  })
  async register(
    @Body() input: RegisterInput,
    @FromCaller() { caller }: RequestCaller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    const account = await this.registration.register(input, { caller, address: request.ip });
    void reply.header('location', `/v1/users/${account.userId}`);
    return accountDto(account);
  }

  @Put('users/:userId')
  @Endpoint({
    summary: 'Create a user without a password, or change the profile of one that exists',
    access: 'backend',
    status: 200,
    answer: UpsertedDto,
    answerDescription: 'Changed.',
    also: { 201: 'The user is new.' },
    hasBody: true,
    errors: [],
  })
  async upsert(
    @Param() { userId }: UserPath,
    @Body() input: ProfileInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpsertedDto> {
    const [upserted] = await this.bus.ask(USER_QUESTIONS.upsertMany, userId, { users: [{ ...given(input), userId }] });
    if (upserted?.created) void reply.status(201).header('location', `/v1/users/${userId}`);
    return { userId, created: upserted?.created ?? false };
  }

  @Post('users::batch')
  @Endpoint({
    summary: 'Create or change up to 100 users',
    access: 'backend',
    status: 200,
    answer: UpsertedManyDto,
    hasBody: true,
    errors: [],
  })
  async upsertMany(@Body() { users }: UpsertManyInput): Promise<UpsertedManyDto> {
    const asked = users.map(given);
    const items = await this.bus.ask(USER_QUESTIONS.upsertMany, asked[0]?.userId ?? '', { users: asked });
    return { items: items.map(upsertedDto) };
  }

  @Get('users/:userId')
  @Endpoint({
    summary: "Read a user's profile",
    access: 'anyone',
    status: 200,
    answer: ProfileDto,
    also: UNCHANGED,
    errors: ['user_not_found'],
  })
  async read(@Param() { userId }: UserPath, @Res({ passthrough: true }) reply: FastifyReply): Promise<ProfileDto | undefined> {
    const [profile] = await this.bus.ask(USER_QUESTIONS.getProfiles, userId, { userIds: [userId] });
    if (!profile) throw problem('user_not_found', `there is no user ${userId}`);
    return tagVersion(reply, profile.version, profileDto(profile));
  }

  @Get('users')
  @Endpoint({
    summary: 'Read up to 100 profiles',
    access: 'anyone',
    status: 200,
    answer: ProfilesDto,
    answerDescription: 'Those that exist.',
    errors: [],
  })
  async readMany(@Query() { ids }: UsersQuery): Promise<ProfilesDto> {
    const found = await this.bus.ask(USER_QUESTIONS.getProfiles, ids[0] ?? '', { userIds: ids });
    return { items: found.map(profileDto) };
  }
}
