import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { GroupMember, InviteToGroup, UserId } from '#contracts';
import { CLOCK } from '#runtime';
import { openWindows, order } from '../announce/announce.js';
import { permit } from '../roles/permit.js';
import { actingIn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';
import type { GroupTransaction } from '../store/group-transaction.repository.js';
import { Users } from '../users/users.js';

@Injectable()
export class InviteToGroupService {
  constructor(
    private readonly groups: GroupRepository,
    private readonly users: Users,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All of them become members, or none; who is one already stays the member that he is. */
  async invite(ask: InviteToGroup): Promise<GroupMember[]> {
    const userIds = [...new Set(ask.userIds)];
    await this.users.mustExist(userIds);
    return this.groups.change(ask.groupId, (tx) => inviteWithin(tx, ask, userIds, this.clock.now()));
  }
}

async function inviteWithin(
  tx: GroupTransaction,
  { groupId, actorId }: InviteToGroup,
  userIds: readonly UserId[],
  joinedAt: number,
): Promise<GroupMember[]> {
  const { actor } = await actingIn(tx, groupId, actorId);
  permit('invite', groupId, actor);
  const members = await tx.members(userIds);
  const fresh = userIds
    .filter((userId) => !members.has(userId))
    .map((userId): GroupMember => ({ groupId, userId, role: 'member', joinedAt, invitedBy: actorId }));
  if (fresh.length > 0) await admit(tx, fresh);
  const now = new Map([...members, ...fresh.map((member) => [member.userId, member] as const)]);
  return userIds.flatMap((userId) => now.get(userId) ?? []);
}

async function admit(tx: GroupTransaction, fresh: readonly GroupMember[]): Promise<void> {
  const group = await tx.raise({ members: fresh.length });
  await tx.admit(fresh);
  const userIds = fresh.map(({ userId }) => userId);
  await tx.tell(order(group, openWindows(group, userIds, group.history)));
}
