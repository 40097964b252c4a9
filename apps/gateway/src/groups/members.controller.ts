import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BUS, type Bus } from '#bus';
import { GROUP_QUESTIONS, type UserId } from '#contracts';
import { ActingUser } from '../access/request-caller.js';
import { linkNext } from '../http/next-link.js';
import { given } from '../input/given.js';
import { PageQuery } from '../input/page.query.js';
import { GroupPath, MemberPath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { Profiles } from '../users/profiles.js';
import { GroupMemberDto, GroupMemberPageDto, GroupMembersDto, memberDto } from './groups.answer.js';
import { InviteInput, RoleInput } from './groups.input.js';

@ApiTags('groups')
@Controller('v1/groups/:groupId')
export class MembersController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    private readonly profiles: Profiles,
  ) {}

  @Post('join')
  @Endpoint({
    summary: 'Join a group: any user who knows its id may, nobody is asked',
    access: 'user',
    status: 200,
    answer: GroupMemberDto,
    answerDescription: 'Joined: able to send and to read.',
    errors: ['group_not_found', 'group_dismissed', 'group_full'],
  })
  async join(@ActingUser() actorId: UserId, @Param() { groupId }: GroupPath): Promise<GroupMemberDto> {
    return memberDto(await this.bus.ask(GROUP_QUESTIONS.join, groupId, { groupId, actorId }));
  }

  @Post('leave')
  @Endpoint({
    summary: 'Leave a group',
    access: 'user',
    status: 204,
    errors: ['group_not_found', 'not_a_member', 'owner_cannot_leave', 'group_dismissed'],
  })
  async leave(@ActingUser() actorId: UserId, @Param() { groupId }: GroupPath): Promise<void> {
    await this.bus.ask(GROUP_QUESTIONS.leave, groupId, { groupId, actorId });
  }

  @Get('members')
  @Endpoint({
    summary: "List a group's members",
    access: 'user',
    status: 200,
    answer: GroupMemberPageDto,
    errors: ['group_not_found', 'not_a_member', 'invalid_cursor'],
  })
  async list(
    @ActingUser() actorId: UserId,
    @Param() { groupId }: GroupPath,
    @Query() page: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GroupMemberPageDto> {
    const { items, nextCursor } = await this.bus.ask(GROUP_QUESTIONS.listMembers, groupId, { ...given(page), groupId, actorId });
    linkNext(reply, nextCursor);
    return { items: items.map(memberDto), nextCursor };
  }

  @Post('members')
  @Endpoint({
    summary: 'Invite users: they are members at once',
    access: 'user',
    status: 200,
    answer: GroupMembersDto,
    hasBody: true,
    errors: ['user_not_found', 'group_not_found', 'not_a_member', 'forbidden', 'group_dismissed', 'group_full'],
  })
  async invite(@ActingUser() actorId: UserId, @Param() { groupId }: GroupPath, @Body() { userIds }: InviteInput): Promise<GroupMembersDto> {
    await this.profiles.requireUsers(userIds);
    const members = await this.bus.ask(GROUP_QUESTIONS.invite, groupId, { groupId, actorId, userIds });
    return { items: members.map(memberDto) };
  }

  @Delete('members/:userId')
  @Endpoint({
    summary: 'Kick a member, as owner or admin',
    access: 'user',
    status: 204,
    errors: ['group_not_found', 'not_a_member', 'forbidden', 'group_dismissed'],
  })
  async kick(@ActingUser() actorId: UserId, @Param() { groupId, userId }: MemberPath): Promise<void> {
    await this.bus.ask(GROUP_QUESTIONS.kick, groupId, { groupId, actorId, userId });
  }

  @Patch('members/:userId')
  @Endpoint({
    summary: "Change a member's role, as the owner",
    access: 'user',
    status: 200,
    answer: GroupMemberDto,
    hasBody: true,
    errors: ['group_not_found', 'not_a_member', 'forbidden', 'group_dismissed'],
  })
  async setRole(
    @ActingUser() actorId: UserId,
    @Param() { groupId, userId }: MemberPath,
    @Body() { role }: RoleInput,
  ): Promise<GroupMemberDto> {
    return memberDto(await this.bus.ask(GROUP_QUESTIONS.setRole, groupId, { groupId, actorId, userId, role }));
  }
}
