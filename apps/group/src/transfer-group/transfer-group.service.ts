import { Injectable } from '@nestjs/common';
import type { Group, TransferGroup } from '#contracts';
import { announce } from '../announce/announce.js';
import { permit } from '../roles/permit.js';
import { actingOn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class TransferGroupService {
  constructor(private readonly groups: GroupRepository) {}

  /** The old owner becomes an admin. He may repeat it, as long as the new one has not transferred the group in his turn. */
  transfer(ask: TransferGroup): Promise<Group> {
    const { groupId, actorId, userId } = ask;
    return this.groups.change(groupId, async (tx) => {
      const { group: there, actor, target } = await actingOn(tx, ask);
      if (there.ownerId === userId && (await tx.previousOwner()) === actorId) return there;
      permit('transfer', groupId, actor, target);
      await tx.setRoles([
        { userId: actorId, role: 'admin' },
        { userId, role: 'owner' },
      ]);
      const group = await tx.raise({ owner: { from: actorId, to: userId } });
      await tx.tell(announce(group));
      return group;
    });
  }
}
