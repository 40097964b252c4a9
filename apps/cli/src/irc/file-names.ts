import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isGroupId, type GroupId } from '#contracts';

/** What a file's name becomes. */
export interface FileNames {
  file: string;
  groupId: GroupId;
  /** Before the line's number in each client message id. */
  messagePrefix: string;
  /** `YYYY-MM-DD`, for the times of messages. */
  day: string;
}

const MAX_GROUP_ID = 48;
const NO_DAY = '1970-01-01';

/** `2004-12-25.c.log` → the group `2004-12-25.c`, the client message ids `2004-12-25.c:1` …, the day 2004-12-25. */
export function namesOfFile(file: string): FileNames {
  const name = basename(file).replace(/(?<=.)\.[A-Za-z]{1,4}$/, '');
  const groupId = groupIdOf(name);
  return { file, groupId, messagePrefix: `${groupId}:`, day: dayIn(name) };
}

/** Throws when two files would go into one group. */
export function refuseSameGroup(names: readonly FileNames[]): void {
  const seen = new Map<string, string>();
  for (const { file, groupId } of names) {
    const other = seen.get(groupId);
    if (other !== undefined) throw new Error(`${other} and ${file} would both become the group ${groupId}: rename one of them`);
    seen.set(groupId, file);
  }
}

/** The name as it is, if a group id can hold it; else what it can hold of it and a hash, so that no two names share an id. */
function groupIdOf(name: string): GroupId {
  if (name.length <= MAX_GROUP_ID && isGroupId(name)) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.replaceAll(/[^A-Za-z0-9.-]+/g, '-').slice(0, MAX_GROUP_ID - 13)}-${hash}` as GroupId;
}

function dayIn(name: string): string {
  const found = /(?<!\d)\d{4}-\d\d-\d\d(?!\d)/.exec(name)?.[0];
  if (found === undefined) return NO_DAY;
  const date = new Date(`${found}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(found) ? found : NO_DAY;
}
