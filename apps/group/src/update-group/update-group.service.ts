import { Injectable } from '@nestjs/common';
import type { Group, UpdateGroup } from '#contracts';
import { announce } from '../announce/announce.js';
import { permit } from '../roles/permit.js';
import { actingIn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class UpdateGroupService {
  constructor(private readonly groups: GroupRepository) {}

  /** What is not named stays. Another history rule holds for whoever joins from now on. */
  update({ groupId, actorId, name, avatar, ex, history }: UpdateGroup): Promise<Group> {
    return this.groups.change(groupId, async (tx) => {
      const { actor } = await actingIn(tx, groupId, actorId);
      permit('update', groupId, actor);
      const group = await tx.raise({ name, avatar, ex, history });
      await tx.tell(announce(group));
      return group;
    });
  }
}
