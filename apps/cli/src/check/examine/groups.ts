import type { GroupId } from '#contracts';
import type { Database } from '#storage';
import { GROUP_MEMBERS, GROUPS, JOINED_GROUPS } from '../../../../group/src/store/group.collections.js';
import type { GroupMemberDocument } from '../../../../group/src/store/group.document.js';
import { SEQ, SEQ_USER } from '../../../../message/src/store/message.collections.js';
import type { Finding } from '../finding.js';
import { checkGroup, checkLists, checkMembers } from '../rules/member-rules.js';
import { idPages } from '../store/pages.js';
import { inSnapshot, type Snapshot } from '../store/snapshot.js';
import { waitingGroups } from '../store/waiting-groups.js';
import type { Examination } from './examination.js';
import { checkWindows } from './windows.js';

const GROUPS_PER_READ = 200;
const MEMBERS_PER_PAGE = 500;

/** Every group: its count, its owner, that its members may read, and have it in their lists. */
export async function examineGroups(examination: Examination): Promise<void> {
  for await (const groups of idPages<GroupId>(examination.database, GROUPS, GROUPS_PER_READ)) {
    for (const group of groups) await examineGroup(examination, group);
  }
}

export async function examineGroup(examination: Examination, group: GroupId): Promise<void> {
  await examination.page(() => lookAtGroup(examination.database, group));
  examination.count('groups', 1);
  for (let after = ''; ;) {
    const { last } = await examination.page(() => lookAtMembers(examination.database, group, after));
    if (last === undefined) return;
    examination.count('members', last.count);
    after = last.user;
  }
}

/** Of a group whose members are few and many alike: the server counts, by an index. */
function lookAtGroup(database: Database, group: GroupId): Promise<{ findings: Finding[] }> {
  return inSnapshot(database, async (snapshot) => {
    const [document] = await snapshot.find(GROUPS, { _id: group });
    if (!document) return { findings: [] };
    const active = { group_id: group, active: true };
    const members = await snapshot.count(GROUP_MEMBERS, active);
    const owners = await snapshot.find(GROUP_MEMBERS, { ...active, role: 'owner' }, { limit: 3 });
    const [seq] = await snapshot.find(SEQ, { _id: `sg_${group}` });
    const outbox = (await waitingGroups(snapshot, [group]))(group);
    return { findings: checkGroup(document, { members, owners: owners.map(({ user_id }) => user_id), seq, outbox }) };
  });
}

interface Looked {
  findings: Finding[];
  last: { user: string; count: number } | undefined;
}

/** A page of those who are members, and of those who were until lately. */
function lookAtMembers(database: Database, group: GroupId, after: string): Promise<Looked> {
  return inSnapshot(database, async (snapshot) => {
    const filter = { _id: { $gt: `${group}|${after}`, $lt: `${group}}` }, group_id: group };
    const members = await snapshot.find(GROUP_MEMBERS, filter, { sort: { _id: 1 }, limit: MEMBERS_PER_PAGE });
    const ids = members.map(({ user_id }) => `${user_id}|sg_${group}`);
    const windows = await snapshot.find(SEQ_USER, { _id: { $in: ids } });
    const outbox = (await waitingGroups(snapshot, [group]))(group);
    const byId = new Map(windows.map((window) => [window._id, window]));
    const active = members.filter((member) => member.active);
    const listed = await listedOf(snapshot, members);
    const findings = [...checkMembers(active, byId, outbox), ...checkLists(members, listed), ...(await checkWindows(snapshot, windows))];
    const last = members.at(-1);
    return { findings, last: last && { user: last.user_id, count: members.length } };
  });
}

/** Which of them have the group in their lists of groups, by the entries' ids. */
async function listedOf(snapshot: Snapshot, members: readonly GroupMemberDocument[]): Promise<Set<string>> {
  const users = members.map(({ user_id }) => user_id);
  const ids = members.map(({ user_id, group_id }) => `${user_id}|${group_id}`);
  const entries = await snapshot.find(JOINED_GROUPS, { _id: { $in: ids }, user_id: { $in: users } }, { projection: { _id: 1 } });
  return new Set(entries.map(({ _id }) => _id));
}
