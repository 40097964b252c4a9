import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { HISTORY_RULES, type HistoryRule } from '../commands/message-commands.js';
import type { ConversationId } from '../ids/conversation-id.js';
import type { GroupId, UserId } from '../ids/user-id.js';
import { LIMITS } from '../limits.js';
import { IsGroupId, IsUserId } from '../validation.js';
import { change, question } from './question.js';

export const GROUP_ROLES = ['owner', 'admin', 'member'] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

export interface Group {
  groupId: GroupId;
  conversationId: ConversationId;
  name: string;
  avatar: string;
  ex: string;
  ownerId: UserId;
  /** What who joins from now on may read: the messages from then on, or all. */
  history: HistoryRule;
  memberCount: number;
  status: 'active' | 'dismissed';
  version: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
}

export interface GroupMember {
  groupId: GroupId;
  userId: UserId;
  role: GroupRole;
  joinedAt: number;
  /** Who invited him, if anyone did. */
  invitedBy?: UserId;
}

export interface GroupMemberPage {
  items: GroupMember[];
  nextCursor: string | null;
}

export interface JoinedGroupPage {
  items: Group[];
  nextCursor: string | null;
}

class InGroup {
  @IsGroupId() groupId: GroupId;
}

/** By a user, about a group. */
class ActInGroup extends InGroup {
  @IsUserId() actorId: UserId;
}

class GroupFields {
  @IsOptional() @IsString() @MaxLength(LIMITS.maxNicknameLength) name?: string;
  @IsOptional() @IsString() @MaxLength(LIMITS.maxAvatarLength) avatar?: string;
  @IsOptional() @IsString() @MaxLength(LIMITS.maxProfileExBytes) ex?: string;
  @IsOptional() @IsIn(HISTORY_RULES) history?: HistoryRule;
}

/** The actor becomes the owner. Repeating it with the same `groupId` and owner returns the group. */
export class CreateGroup extends GroupFields {
  @IsUserId() actorId: UserId;
  /** Made by the server when missing. */
  @IsOptional() @IsGroupId() groupId?: GroupId;
  @IsOptional() @IsArray() @ArrayMaxSize(LIMITS.maxBatchItems) @IsUserId({ each: true }) memberIds?: UserId[];
}

export class UpdateGroup extends GroupFields {
  @IsGroupId() groupId: GroupId;
  @IsUserId() actorId: UserId;
}

export class GetGroup extends ActInGroup {}
export class JoinGroup extends ActInGroup {}
export class LeaveGroup extends ActInGroup {}
export class DismissGroup extends ActInGroup {}

export class InviteToGroup extends ActInGroup {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(LIMITS.maxBatchItems) @IsUserId({ each: true }) userIds: UserId[];
}

export class KickFromGroup extends ActInGroup {
  @IsUserId() userId: UserId;
}

/** The new owner must be a member; the old one becomes an admin. */
export class TransferGroup extends ActInGroup {
  @IsUserId() userId: UserId;
}

export class SetGroupRole extends ActInGroup {
  @IsUserId() userId: UserId;
  @IsIn(['admin', 'member']) role: 'admin' | 'member';
}

class Paged {
  @IsOptional() @IsString() @MaxLength(512) cursor?: string;
  @IsInt() @Min(1) @Max(LIMITS.maxPageItems) limit: number;
}

export class ListGroupMembers extends Paged {
  @IsGroupId() groupId: GroupId;
  @IsUserId() actorId: UserId;
}

export class ListJoinedGroups extends Paged {
  @IsUserId() userId: UserId;
}

export const GROUP_QUESTIONS = {
  create: change<Group>()('group.create', CreateGroup),
  update: change<Group>()('group.update', UpdateGroup),
  get: question<Group>()('group.get', GetGroup),
  join: change<GroupMember>()('group.join', JoinGroup),
  leave: change<Record<string, never>>()('group.leave', LeaveGroup),
  /** Per user: the member that he is now. */
  invite: change<GroupMember[]>()('group.invite', InviteToGroup),
  kick: change<Record<string, never>>()('group.kick', KickFromGroup),
  dismiss: change<Group>()('group.dismiss', DismissGroup),
  transfer: change<Group>()('group.transfer', TransferGroup),
  setRole: change<GroupMember>()('group.set-role', SetGroupRole),
  listMembers: question<GroupMemberPage>()('group.list-members', ListGroupMembers),
  listJoined: question<JoinedGroupPage>()('group.list-joined', ListJoinedGroups),
} as const;
