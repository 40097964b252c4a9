import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { LeaveGroup } from '#contracts';
import { CLOCK } from '#runtime';
import { closeWindow, order } from '../announce/announce.js';
import { permit } from '../roles/permit.js';
import { actingIn } from '../store/acting-in.js';
import { GroupRepository } from '../store/group.repository.js';
import type { GroupTransaction } from '../store/group-transaction.repository.js';

@Injectable()
export class LeaveGroupService {
  constructor(
    private readonly groups: GroupRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever left by himself within the last day may repeat it. */
  async leave(ask: LeaveGroup): Promise<Record<string, never>> {
    const { groupId, actorId } = ask;
    await this.groups.change(groupId, async (tx) => {
      if (!(await tx.remove(actorId, actorId, this.clock.now()))) return refuseUnlessRepeated(tx, ask);
      const group = await tx.raise({ members: -1 });
      await tx.tell(order(group, [closeWindow(group, actorId)]));
    });
    return {};
  }
}

async function refuseUnlessRepeated(tx: GroupTransaction, { groupId, actorId }: LeaveGroup): Promise<void> {
  const { actor } = await actingIn(tx, groupId, actorId);
  if (!actor.member && (await tx.removedBy(actorId)) === actorId) return;
  permit('leave', groupId, actor);
}
