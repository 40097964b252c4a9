import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { GROUP_ROLES, HISTORY_RULES, type Group, type GroupMember } from '#contracts';
import { timeText } from '../input/time.js';

export class GroupDto {
  @ApiProperty({ example: 'team-7' })
  groupId: string;

  @ApiProperty({ example: 'sg_team-7' })
  conversationId: string;

  @ApiProperty({ example: 'Team 7' })
  name: string;

  @ApiProperty()
  avatar: string;

  @ApiProperty()
  ex: string;

  @ApiProperty({ example: 'alice' })
  ownerId: string;

  @ApiProperty({ enum: HISTORY_RULES })
  history: string;

  @ApiProperty({ type: 'integer', example: 2 })
  memberCount: number;

  @ApiProperty({ enum: ['active', 'dismissed'] })
  status: string;

  @ApiProperty({ type: 'integer', example: 1, description: 'Rises with every change.' })
  version: number;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export class GroupMemberDto {
  @ApiProperty({ example: 'team-7' })
  groupId: string;

  @ApiProperty({ example: 'bob' })
  userId: string;

  @ApiProperty({ enum: GROUP_ROLES })
  role: string;

  @ApiProperty({ format: 'date-time' })
  joinedAt: string;

  @ApiPropertyOptional({ example: 'alice' })
  invitedBy?: string;
}

export class GroupMembersDto {
  @ApiProperty({ type: [GroupMemberDto] })
  items: GroupMemberDto[];
}

export class GroupMemberPageDto extends GroupMembersDto {
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class GroupPageDto {
  @ApiProperty({ type: [GroupDto] })
  items: GroupDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export function groupDto(group: Group): GroupDto {
  const { groupId, conversationId, name, avatar, ex, ownerId, history, memberCount, status, version, createdAt } = group;
  return { groupId, conversationId, name, avatar, ex, ownerId, history, memberCount, status, version, createdAt: timeText(createdAt) };
}

export function memberDto({ groupId, userId, role, joinedAt, invitedBy }: GroupMember): GroupMemberDto {
  return { groupId, userId, role, joinedAt: timeText(joinedAt), ...(invitedBy !== undefined && { invitedBy }) };
}
