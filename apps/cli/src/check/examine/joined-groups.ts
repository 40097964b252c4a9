import type { Database } from '#storage';
import { GROUP_MEMBERS, JOINED_GROUPS } from '../../../../group/src/store/group.collections.js';
import type { Finding } from '../finding.js';
import { checkListed } from '../rules/member-rules.js';
import { inSnapshot } from '../store/snapshot.js';
import type { Examination } from './examination.js';

const ENTRIES_PER_PAGE = 500;

/** Every user's list of groups: each entry is of a group that knows him. */
export async function examineJoinedGroups(examination: Examination): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const behind: string = after;
    after = (await examination.page(() => lookAt(examination.database, behind))).last;
  }
}

function lookAt(database: Database, after: string): Promise<{ findings: Finding[]; last: string | undefined }> {
  return inSnapshot(database, async (snapshot) => {
    const entries = await snapshot.find(JOINED_GROUPS, { _id: { $gt: after } }, { sort: { _id: 1 }, limit: ENTRIES_PER_PAGE });
    const ids = entries.map(({ group_id, user_id }) => `${group_id}|${user_id}`);
    const groups = [...new Set(entries.map(({ group_id }) => group_id))];
    const filter = { _id: { $in: ids }, group_id: { $in: groups } };
    const members = entries.length === 0 ? [] : await snapshot.find(GROUP_MEMBERS, filter, { projection: { _id: 1 } });
    return { findings: checkListed(entries, new Set(members.map(({ _id }) => _id))), last: entries.at(-1)?._id };
  });
}
