import type { Group, GroupId, UserId } from '#contracts';
import type { Party } from '../roles/permit.js';
import { activeGroup } from './group-state.js';
import type { GroupTransaction } from './group-transaction.repository.js';

/** An active group with those who act in it, as they are at the moment of the change. */
export async function actingIn(tx: GroupTransaction, groupId: GroupId, actorId: UserId): Promise<{ group: Group; actor: Party }> {
  const group = activeGroup(await tx.group(), groupId);
  const members = await tx.members([actorId]);
  return { group, actor: { userId: actorId, member: members.get(actorId) } };
}

/** As `actingIn`, with the one it is done to. */
export async function actingOn(
  tx: GroupTransaction,
  { groupId, actorId, userId }: { groupId: GroupId; actorId: UserId; userId: UserId },
): Promise<{ group: Group; actor: Party; target: Party }> {
  const group = activeGroup(await tx.group(), groupId);
  const members = await tx.members([actorId, userId]);
  const partyOf = (id: UserId): Party => ({ userId: id, member: members.get(id) });
  return { group, actor: partyOf(actorId), target: partyOf(userId) };
}
