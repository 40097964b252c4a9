import { Injectable } from '@nestjs/common';
import type { DismissGroup, Group } from '#contracts';
import { announce, dismissConversation } from '../announce/announce.js';
import { permit } from '../roles/permit.js';
import { actingIn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class DismissGroupService {
  constructor(private readonly groups: GroupRepository) {}

  /** The owner may repeat it. The members stay, and may go on reading what they could read. */
  dismiss({ groupId, actorId }: DismissGroup): Promise<Group> {
    return this.groups.change(groupId, async (tx) => {
      const there = await tx.group();
      if (there?.status === 'dismissed' && there.ownerId === actorId) return there;
      const { actor } = await actingIn(tx, groupId, actorId);
      permit('dismiss', groupId, actor);
      const group = await tx.raise({ status: 'dismissed' });
      await tx.tell(announce(group, [dismissConversation(group)]));
      return group;
    });
  }
}
