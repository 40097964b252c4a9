import { type ErrorCode, type GroupRole } from '#contracts';

/** What somebody is to a group. */
export type Standing = GroupRole | 'stranger';

export const GROUP_ACTIONS = [
  'get',
  'join',
  'leave',
  'list-members',
  'invite',
  'update',
  'kick',
  'set-role',
  'transfer',
  'dismiss',
] as const;
export type GroupAction = (typeof GROUP_ACTIONS)[number];

/** `yes`, the error that refuses it, or the roles of those it may be done to (`forbidden` towards all others). */
type Cell = 'yes' | ErrorCode | readonly GroupRole[];

/**
 * Who may do what in a group, and to whom. Whoever knows a group's id may see and join it; its members and messages are for
 * members only. Joining again changes nothing and succeeds.
 */
const MAY: Record<GroupAction, Record<Standing, Cell>> = {
  get: { owner: 'yes', admin: 'yes', member: 'yes', stranger: 'yes' },
  join: { owner: 'yes', admin: 'yes', member: 'yes', stranger: 'yes' },
  leave: { owner: 'owner_cannot_leave', admin: 'yes', member: 'yes', stranger: 'not_a_member' },
  'list-members': { owner: 'yes', admin: 'yes', member: 'yes', stranger: 'not_a_member' },
  invite: { owner: 'yes', admin: 'yes', member: 'yes', stranger: 'not_a_member' },
  update: { owner: 'yes', admin: 'yes', member: 'forbidden', stranger: 'not_a_member' },
  kick: { owner: ['admin', 'member'], admin: ['member'], member: 'forbidden', stranger: 'not_a_member' },
  'set-role': { owner: ['admin', 'member'], admin: 'forbidden', member: 'forbidden', stranger: 'not_a_member' },
  transfer: { owner: ['admin', 'member'], admin: 'forbidden', member: 'forbidden', stranger: 'not_a_member' },
  dismiss: { owner: 'yes', admin: 'forbidden', member: 'forbidden', stranger: 'not_a_member' },
};

/** Whether `actor` may do it, to somebody who is a `target` where the action has one. */
export function verdict(action: GroupAction, actor: Standing, target?: Standing): 'yes' | ErrorCode {
  const cell = MAY[action][actor];
  if (typeof cell === 'string') return cell;
  if (target === undefined || target === 'stranger') return 'not_a_member';
  return cell.includes(target) ? 'yes' : 'forbidden';
}
