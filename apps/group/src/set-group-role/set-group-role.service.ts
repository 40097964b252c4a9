import { Injectable } from '@nestjs/common';
import type { GroupMember, SetGroupRole } from '#contracts';
import { permit } from '../roles/permit.js';
import { actingOn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class SetGroupRoleService {
  constructor(private readonly groups: GroupRepository) {}

  /** Giving a member the role that he has changes nothing. */
  setRole(ask: SetGroupRole): Promise<GroupMember> {
    const { groupId, userId, role } = ask;
    return this.groups.change(groupId, async (tx) => {
      const { actor, target } = await actingOn(tx, ask);
      permit('set-role', groupId, actor, target);
      const member = { ...(target.member as GroupMember), role };
      if (target.member?.role === role) return member;
      await tx.setRoles([{ userId, role }]);
      await tx.raise();
      return member;
    });
  }
}
