import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '#kernel';
import { groupConversation, problem, type CreateGroup, type Group, type GroupId, type GroupMember } from '#contracts';
import { CLOCK } from '#runtime';
import { announce, openWindows } from '../announce/announce.js';
import { GroupRepository } from '../store/group.repository.js';
import type { GroupTransaction } from '../store/group-transaction.repository.js';
import { Users } from '../users/users.js';

@Injectable()
export class CreateGroupService {
  constructor(
    private readonly groups: GroupRepository,
    private readonly users: Users,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create(ask: CreateGroup): Promise<Group> {
    const members = membersOf(ask, ask.groupId ?? (newId() as GroupId), this.clock.now());
    const group = groupOf(ask, members);
    await this.users.mustExist(members.slice(1).map(({ userId }) => userId));
    return this.groups.change(group.groupId, (tx) => found(tx, group, members));
  }
}

/** The group that a repeated command finds is its own if it has the same owner. */
async function found(tx: GroupTransaction, group: Group, members: GroupMember[]): Promise<Group> {
  const there = await tx.group();
  if (there?.ownerId === group.ownerId) return there;
  if (there) throw problem('group_exists', `there is a group ${group.groupId} already`);
  await tx.create(group);
  await tx.admit(members);
  const userIds = members.map(({ userId }) => userId);
  // Nothing is written yet: whoever is in from the beginning reads all, in whichever command he comes.
  await tx.tell(announce(group, openWindows(group, userIds, 'all')));
  return group;
}

function membersOf({ actorId, memberIds = [] }: CreateGroup, groupId: GroupId, joinedAt: number): GroupMember[] {
  const others = [...new Set(memberIds)].filter((userId) => userId !== actorId);
  return [
    { groupId, userId: actorId, role: 'owner', joinedAt },
    ...others.map((userId): GroupMember => ({ groupId, userId, role: 'member', joinedAt, invitedBy: actorId })),
  ];
}

function groupOf(ask: CreateGroup, members: readonly GroupMember[]): Group {
  const [{ groupId, joinedAt }] = members as [GroupMember];
  return {
    groupId,
    conversationId: groupConversation(groupId),
    name: ask.name ?? '',
    avatar: ask.avatar ?? '',
    ex: ask.ex ?? '',
    ownerId: ask.actorId,
    history: ask.history ?? 'join',
    memberCount: members.length,
    status: 'active',
    version: 1,
    createdAt: joinedAt,
  };
}
