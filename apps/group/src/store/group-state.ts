import type { AppError } from '#kernel';
import { LIMITS, problem, type Group, type GroupId } from '#contracts';

/** The group, if things can be done in it, and if it can take so many more members. */
export function activeGroup(group: Group | undefined, groupId: GroupId, more = 0): Group {
  if (group?.status !== 'active' || !hasRoomFor(group, more)) throw refusalOf(group, groupId, more);
  return group;
}

/** Why nothing can be done in a group, or why it can't take so many more members. */
export function refusalOf(group: Group | undefined, groupId: GroupId, more: number): AppError {
  if (!group) return problem('group_not_found', `there is no group ${groupId}`);
  if (group.status === 'dismissed') return problem('group_dismissed', `group ${groupId} was dismissed`);
  if (hasRoomFor(group, more)) return problem('conflict', `group ${groupId} was changed by someone else`);
  return problem('group_full', `group ${groupId} has ${group.memberCount} of at most ${LIMITS.maxGroupMembers} members`);
}

function hasRoomFor(group: Group, more: number): boolean {
  return more <= 0 || group.memberCount + more <= LIMITS.maxGroupMembers;
}
