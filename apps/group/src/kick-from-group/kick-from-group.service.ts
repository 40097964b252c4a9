import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { KickFromGroup } from '#contracts';
import { CLOCK } from '#runtime';
import { closeWindow, order } from '../announce/announce.js';
import { permit } from '../roles/permit.js';
import { actingOn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';

@Injectable()
export class KickFromGroupService {
  constructor(
    private readonly groups: GroupRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever kicked somebody within the last day may repeat it. */
  async kick(ask: KickFromGroup): Promise<Record<string, never>> {
    const { groupId, actorId, userId } = ask;
    await this.groups.change(groupId, async (tx) => {
      const { actor, target } = await actingOn(tx, ask);
      if (actor.member && !target.member && (await tx.removedBy(userId)) === actorId) return;
      permit('kick', groupId, actor, target);
      await tx.remove(userId, actorId, this.clock.now());
      const group = await tx.raise({ members: -1 });
      await tx.tell(order(group, [closeWindow(group, userId)]));
    });
    return {};
  }
}
