import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { GroupMember, JoinGroup } from '#contracts';
import { CLOCK } from '#runtime';
import { openWindows, order } from '../announce/announce.js';
import { activeGroup } from '../store/group-state.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class JoinGroupService {
  constructor(
    private readonly groups: GroupRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever is a member already stays the member that he is. */
  join({ groupId, actorId }: JoinGroup): Promise<GroupMember> {
    const member: GroupMember = { groupId, userId: actorId, role: 'member', joinedAt: this.clock.now() };
    return this.groups.change(groupId, async (tx) => {
      const already = await tx.enter(member);
      if (already) {
        activeGroup(await tx.group(), groupId);
        return already;
      }
      const group = await tx.raise({ members: 1 });
      await tx.tell(order(group, openWindows(group, [actorId], group.history)));
      return member;
    });
  }
}
