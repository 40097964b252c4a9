import { groupConversation, type GroupId } from '#contracts';
import type { Findings } from '../findings.js';
import type { StoredLogs } from '../run/stored-logs.js';
import type { StoredGroup, StoredState } from './stored-state.js';

/** How much still waits. */
export async function checkOutboxes(state: StoredState, findings: Findings): Promise<number> {
  const waiting = await state.waiting();
  if (waiting.length > 0) findings.add('outboxes-empty', `${waiting.length} entries of outboxes were never sent`, [], waiting.slice(0, 5));
  return waiting.length;
}

/** The group service and the message service agree on who is in which group. Only once no command between them waits. */
export async function checkGroups(state: StoredState, logs: StoredLogs, findings: Findings): Promise<void> {
  for await (const group of state.groups()) {
    const log = logs.of(groupConversation(group.groupId as GroupId));
    const open = [...log.windows.values()].filter(({ closed }) => !closed).map(({ user_id }) => user_id);
    checkSame(group, 'has an open window', open, findings);
    checkSame(group, 'has joined it by his own list', group.joined, findings);
    const { groupId, count, members } = group;
    if (count !== members.length) {
      findings.add('members-have-windows', `${groupId} counts ${count} members and has ${members.length}`, [], [`group ${groupId}`]);
    }
  }
}

function checkSame({ groupId, members }: StoredGroup, what: string, users: readonly string[], findings: Findings): void {
  const [expected, found] = [new Set(members), new Set(users)];
  const add = (statement: string, userId: string) =>
    findings.add('members-have-windows', statement, [], [`group_member ${groupId}|${userId}`, `seq_user ${userId}|sg_${groupId}`]);
  for (const userId of found) if (!expected.has(userId)) add(`${userId} ${what}, and is no member of ${groupId}`, userId);
  for (const userId of expected) if (!found.has(userId)) add(`${userId} is a member of ${groupId}; not so: ${what}`, userId);
}
