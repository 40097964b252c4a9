import { problem, type ErrorCode, type GroupId, type GroupMember, type UserId } from '#contracts';
import { verdict, type GroupAction, type Standing } from './roles.js';

/** Somebody and what he is in the group; no member: a stranger. */
export interface Party {
  userId: UserId;
  member: GroupMember | undefined;
}

function standingOf(party: Party): Standing {
  return party.member?.role ?? 'stranger';
}

/** Throws the error of the role table, naming who may not do what to whom. */
export function permit(action: GroupAction, groupId: GroupId, actor: Party, target?: Party): void {
  const code = verdict(action, standingOf(actor), target && standingOf(target));
  if (code !== 'yes') throw problem(code, detailOf(code, action, groupId, actor, target));
}

function detailOf(code: ErrorCode, action: GroupAction, groupId: GroupId, actor: Party, target: Party | undefined): string {
  const who = actor.member && target && code === 'not_a_member' ? target : actor;
  if (code === 'not_a_member') return `${who.userId} is not a member of group ${groupId}`;
  if (code === 'owner_cannot_leave') return `${actor.userId} owns group ${groupId}; transfer or dismiss it`;
  const towards = target ? ` towards ${target.userId} (${standingOf(target)})` : '';
  return `${actor.userId} (${standingOf(actor)}) may not ${action}${towards} in group ${groupId}`;
}
