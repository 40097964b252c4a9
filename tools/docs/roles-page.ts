import { GROUP_ROLES, type GroupRole } from '#contracts';
import { GROUP_ACTIONS, verdict, type GroupAction, type Standing } from '../../apps/group/src/roles/roles.js';

const WHAT: Record<GroupAction, string> = {
  get: 'see the group: its name, picture and settings',
  join: 'join it; again changes nothing',
  leave: 'leave it',
  'list-members': 'see its members',
  invite: 'bring in others',
  update: 'change its name, picture and settings',
  kick: 'remove a member',
  'set-role': 'make a member an admin, or an admin a member',
  transfer: 'make another member the owner',
  dismiss: 'end it, for all',
};

/** docs/roles.md: the table that the group service rules by. */
export function renderRolesPage(): string {
  const actors: readonly Standing[] = [...GROUP_ROLES, 'stranger'];
  return [
    '# Roles in a group',
    '',
    'Who may do what in a group, and to whom. Where roles are named, it is allowed towards those; towards others in the group it is',
    '[forbidden](errors.md#forbidden), towards who is not in it [not_a_member](errors.md#not_a_member). An error says what is answered',
    'instead. Whoever knows the id of a group may see and join it; its members and messages are for members only. A backend that acts',
    'for a user may do what that user may. This page is generated from `apps/group/src/roles/roles.ts`.',
    '',
    `| action | what | ${GROUP_ROLES.map((role) => `by ${role}`).join(' | ')} | by anyone else |`,
    `| --- | --- |${actors.map(() => ' --- |').join('')}`,
    ...GROUP_ACTIONS.map((action) => `| ${action} | ${WHAT[action]} | ${actors.map((actor) => cell(action, actor)).join(' | ')} |`),
    '',
  ].join('\n');
}

/** `yes`, the roles towards which it is, or the error of all cases. */
function cell(action: GroupAction, actor: Standing): string {
  const towards = (target: GroupRole) => verdict(action, actor, target);
  const allowed = GROUP_ROLES.filter((target) => towards(target) === 'yes');
  if (allowed.length === GROUP_ROLES.length) return 'yes';
  if (allowed.length > 0) return `towards ${allowed.join(', ')}`;
  const code = towards('member');
  return `[${code}](errors.md#${code})`;
}
