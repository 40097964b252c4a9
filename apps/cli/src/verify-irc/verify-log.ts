import type { UserId } from '#contracts';
import { LOG_USER, type ChannelLog } from '../irc/channel-log.js';
import { compareMessages } from './compare-messages.js';
import { expectedGroup, type ExpectedGroup } from './expected-group.js';
import type { GroupReader } from './group-reader.js';

export interface Verdict {
  file: string;
  differences: string[];
  /** Messages that were compared, each as often as somebody read it. */
  read: number;
  open: number;
  closed: number;
}

/** Runs the checks of a group, some at a time. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

interface Check {
  differences: string[];
  read: number;
}

/** Reads a group back as its members do, and compares it with its file. */
export async function verifyLog(log: ChannelLog, group: GroupReader, limit: Limit): Promise<Verdict> {
  const expected = expectedGroup(log, LOG_USER);
  const readers = [LOG_USER, ...earliestMember(expected)];
  const checks = await Promise.all([
    limit(() => checkMembers(expected, group)),
    ...readers.map((userId) => limit(() => checkWholeLog(expected, group, userId))),
    ...[...expected.windows].map(([userId, first]) => limit(() => checkWindow(expected, group, { userId, first }))),
    ...expected.gone.map((userId) => limit(() => checkGone(group, userId))),
  ]);
  return {
    file: log.file,
    differences: checks.flatMap(({ differences }) => differences),
    read: checks.reduce((sum, { read }) => sum + read, 0),
    open: expected.windows.size,
    closed: expected.gone.length,
  };
}

async function checkMembers({ windows }: ExpectedGroup, group: GroupReader): Promise<Check> {
  const members = new Set(await group.members(LOG_USER));
  const missing = [...windows.keys()].filter((userId) => !members.has(userId));
  const strangers = [...members].filter((userId) => !windows.has(userId));
  const differences = [...missing.map((userId) => `${userId} is no member`), ...strangers.map((userId) => `${userId} is a member`)];
  return { differences, read: 0 };
}

/** Of the members beside the one who reads all, one who reads the most. */
function earliestMember({ windows }: ExpectedGroup): UserId[] {
  const [earliest] = [...windows].filter(([userId]) => userId !== LOG_USER).sort(([, a], [, b]) => a - b);
  return earliest ? [earliest[0]] : [];
}

async function checkWholeLog({ messages, windows }: ExpectedGroup, group: GroupReader, userId: UserId): Promise<Check> {
  const first = windows.get(userId) ?? 1;
  const actual = await group.all(userId);
  return {
    differences: compareMessages(messages.slice(first - 1), actual, first).map((text) => `as ${userId}: ${text}`),
    read: actual.length,
  };
}

/** Of all up to its first message the window shows that one alone, and it reaches to the end. */
async function checkWindow(
  { messages }: ExpectedGroup,
  group: GroupReader,
  { userId, first }: { userId: UserId; first: number },
): Promise<Check> {
  const start = await group.page(`fromSeq=1&toSeq=${first}`, userId);
  const latest = await group.page('limit=1', userId);
  const isEmpty = first > messages.length;
  const differences = compareMessages(isEmpty ? [] : messages.slice(first - 1, first), start.items, first);
  const compare = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) differences.push(`${what} ${String(found)} instead of ${String(wanted)}`);
  };
  compare('the window begins at', start.minSeq, first);
  compare('the window ends at', start.maxSeq, messages.length);
  compare('the last message is', latest.items.at(-1)?.seq, isEmpty ? undefined : messages.length);
  return { differences: differences.map((text) => `as ${userId}: ${text}`), read: start.items.length + latest.items.length };
}

async function checkGone(group: GroupReader, userId: UserId): Promise<Check> {
  const code = await group.refusal(userId);
  return {
    differences: code === 'not_a_member' ? [] : [`${userId}, who left, gets ${code ?? 'the messages'} instead of not_a_member`],
    read: 0,
  };
}
