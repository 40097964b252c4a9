import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { newId } from '#kernel';
import { BUS, type Bus } from '#bus';
import { GROUP_QUESTIONS, type GroupId, type UserId } from '#contracts';
import { ActingUser } from '../access/request-caller.js';
import { tagVersion, UNCHANGED } from '../http/entity-tag.js';
import { linkNext } from '../http/next-link.js';
import { given } from '../input/given.js';
import { PageQuery } from '../input/page.query.js';
import { GroupPath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { Profiles } from '../users/profiles.js';
import { GroupDto, groupDto, GroupPageDto } from './groups.answer.js';
import { CreateGroupInput, GroupInput, TransferInput } from './groups.input.js';

@ApiTags('groups')
@Controller('v1')
export class GroupsController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly profiles: Profiles,
  ) {}

  @Post('groups')
  @Endpoint({
    summary: 'Create a group and own it',
    access: 'user',
    status: 201,
    answer: GroupDto,
    hasBody: true,
    errors: ['group_exists', 'user_not_found', 'group_full'],
  })
  async create(
    @ActingUser() actorId: UserId,
    @Body() input: CreateGroupInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupDto> {
    await this.profiles.requireUsers(input.memberIds ?? []);
    const groupId = input.groupId ?? (newId() as GroupId);
    const group = await this.bus.ask(GROUP_QUESTIONS.create, groupId, { ...given(input), groupId, actorId });
    void reply.header('location', `/v1/groups/${group.groupId}`);
    return groupDto(group);
  }

  @Get('groups/:groupId')
  @Endpoint({
    summary: 'Read a group',
    access: 'user',
    status: 200,
    answer: GroupDto,
    also: UNCHANGED,
    errors: ['group_not_found', 'not_a_member'],
  })
  async read(
    @ActingUser() actorId: UserId,
    @Param() { groupId }: GroupPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupDto | undefined> {
    const group = await this.bus.ask(GROUP_QUESTIONS.get, groupId, { groupId, actorId });
    return tagVersion(reply, group.version, groupDto(group));
  }

  @Patch('groups/:groupId')
  @Endpoint({
    summary: 'Change a group, as its owner or an admin',
    access: 'user',
    status: 200,
    answer: GroupDto,
    hasBody: true,
    errors: ['group_not_found', 'not_a_member', 'forbidden', 'group_dismissed'],
  })
  async update(@ActingUser() actorId: UserId, @Param() { groupId }: GroupPath, @Body() input: GroupInput): Promise<GroupDto> {
    return groupDto(await this.bus.ask(GROUP_QUESTIONS.update, groupId, { ...given(input), groupId, actorId }));
  }

  @Post('groups/:groupId/dismiss')
  @Endpoint({
    summary: 'Dismiss a group, as its owner: it stays readable, and nobody can send any more',
    access: 'user',
    status: 200,
    answer: GroupDto,
    errors: ['group_not_found', 'not_a_member', 'forbidden'],
  })
  async dismiss(@ActingUser() actorId: UserId, @Param() { groupId }: GroupPath): Promise<GroupDto> {
    return groupDto(await this.bus.ask(GROUP_QUESTIONS.dismiss, groupId, { groupId, actorId }));
  }

  @Post('groups/:groupId/transfer')
  @Endpoint({
    summary: 'Hand a group over to another member, as its owner',
    access: 'user',
    status: 200,
    answer: GroupDto,
    hasBody: true,
    errors: ['group_not_found', 'not_a_member', 'forbidden', 'group_dismissed'],
  })
  async transfer(@ActingUser() actorId: UserId, @Param() { groupId }: GroupPath, @Body() { userId }: TransferInput): Promise<GroupDto> {
    return groupDto(await this.bus.ask(GROUP_QUESTIONS.transfer, groupId, { groupId, actorId, userId }));
  }

  @Get('me/groups')
  @Endpoint({
    summary: 'List the groups that I am a member of',
    access: 'user',
    status: 200,
    answer: GroupPageDto,
    errors: ['invalid_cursor'],
  })
  async listJoined(
    @ActingUser() userId: UserId,
    @Query() page: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupPageDto> {
    const { items, nextCursor } = await this.bus.ask(GROUP_QUESTIONS.listJoined, userId, { ...given(page), userId });
    linkNext(reply, nextCursor);
    return { items: items.map(groupDto), nextCursor };
  }
}
