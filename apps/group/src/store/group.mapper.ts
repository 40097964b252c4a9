import { groupConversation, type Group, type GroupId, type GroupMember, type HistoryRule, type UserId } from '#contracts';
import type { GroupDocument, GroupMemberDocument, JoinedGroupDocument } from './group.document.js';

export function toGroup(document: GroupDocument): Group {
  return {
    groupId: document._id,
    conversationId: groupConversation(document._id),
    name: document.name,
    avatar: document.avatar,
    ex: document.ex,
    ownerId: document.owner_id,
    history: document.history,
    memberCount: document.member_count,
    status: document.status,
    version: document.version,
    createdAt: document.created_at.getTime(),
  };
}

export function toGroupDocument(group: Group): GroupDocument {
  return {
    _id: group.groupId,
    name: group.name,
    avatar: group.avatar,
    ex: group.ex,
    owner_id: group.ownerId,
    history: group.history,
    member_count: group.memberCount,
    status: group.status,
    version: group.version,
    created_at: new Date(group.createdAt),
  };
}

/** What a change sets of a group; what is undefined stays. */
export interface GroupFieldChange {
  name?: string | undefined;
  avatar?: string | undefined;
  ex?: string | undefined;
  history?: HistoryRule | undefined;
  status?: 'dismissed';
  owner?: { from: UserId; to: UserId };
}

export function toChangedFields({ owner, ...fields }: GroupFieldChange): Partial<GroupDocument> {
  const named = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...named, ...(owner && { owner_id: owner.to, previous_owner_id: owner.from }) };
}

export function toMember(document: GroupMemberDocument): GroupMember {
  return {
    groupId: document.group_id,
    userId: document.user_id,
    role: document.role,
    joinedAt: document.joined_at.getTime(),
    ...(document.invited_by !== undefined && { invitedBy: document.invited_by }),
  };
}

export function toMemberDocument(member: GroupMember): GroupMemberDocument {
  return {
    _id: memberKey(member.groupId, member.userId),
    group_id: member.groupId,
    user_id: member.userId,
    active: true,
    role: member.role,
    joined_at: new Date(member.joinedAt),
    ...(member.invitedBy !== undefined && { invited_by: member.invitedBy }),
  };
}

export function toJoinedDocument({ userId, groupId }: GroupMember): JoinedGroupDocument {
  return { _id: joinedKey(userId, groupId), user_id: userId, group_id: groupId };
}

export function memberKey(groupId: GroupId, userId: UserId): string {
  return `${groupId}|${userId}`;
}

export function joinedKey(userId: UserId, groupId: GroupId): string {
  return `${userId}|${groupId}`;
}
