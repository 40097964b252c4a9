import type { Database } from '#storage';
import { parseConversationId, type ConversationId, type Seq } from '#contracts';
import { GROUP_MEMBERS } from '../../../../group/src/store/group.collections.js';
import { addressOf, BUCKET_SIZE } from '../../../../message/src/bucket/bucket-address.js';
import { MSG, SEQ, SEQ_USER } from '../../../../message/src/store/message.collections.js';
import type { MessageBucketDocument } from '../../../../message/src/store/message-bucket.document.js';
import type { SeqDocument } from '../../../../message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import type { Finding } from '../finding.js';
import { checkMembership } from '../rules/member-rules.js';
import { checkWindow, pairIds } from '../rules/window-rules.js';
import { inSnapshot, type Snapshot } from '../store/snapshot.js';
import { StoredProgress } from '../store/stored-progress.js';
import { waitingGroups } from '../store/waiting-groups.js';
import type { Examination } from './examination.js';

const WINDOWS_PER_PAGE = 500;

/** Every window: its bounds, its cursor, and, of a group's, that its user is a member. */
export async function examineWindows(examination: Examination): Promise<void> {
  for (let after = ''; ;) {
    const { last } = await examination.page(() => lookAt(examination.database, after));
    if (last === undefined) return;
    examination.count('windows', last.count);
    after = last.id;
  }
}

interface Looked {
  findings: Finding[];
  last: { id: string; count: number } | undefined;
}

function lookAt(database: Database, after: string): Promise<Looked> {
  return inSnapshot(database, async (snapshot) => {
    const windows = await snapshot.find(SEQ_USER, { _id: { $gt: after } }, { sort: { _id: 1 }, limit: WINDOWS_PER_PAGE });
    const last = windows.at(-1);
    return { findings: await checkWindows(snapshot, windows), last: last && { id: last._id, count: windows.length } };
  });
}

/** Windows with what is known around them in one moment. */
export async function checkWindows(snapshot: Snapshot, windows: readonly UserWindowDocument[]): Promise<Finding[]> {
  const progress = await StoredProgress.read(snapshot);
  const ids = [...new Set(windows.map(({ conversation_id }) => conversation_id))];
  const seqs = new Map((await snapshot.find(SEQ, { _id: { $in: ids } })).map((seq) => [seq._id, seq]));
  const counted = await countedAtCursors(snapshot, windows, seqs);
  const memberships = await checkMemberships(snapshot, windows);
  return [
    ...windows.flatMap((window) =>
      checkWindow(window, {
        seq: seqs.get(window.conversation_id),
        progress: progress.of(window.conversation_id),
        countedAtCursor: counted(window),
      }),
    ),
    ...memberships,
  ];
}

async function checkMemberships(snapshot: Snapshot, windows: readonly UserWindowDocument[]): Promise<Finding[]> {
  const ofGroups = windows.flatMap((window) => {
    const parsed = parseConversationId(window.conversation_id);
    return parsed?.kind === 'group' ? [{ window, group: parsed.groupId, member: `${parsed.groupId}|${window.user_id}` }] : [];
  });
  if (ofGroups.length === 0) return [];
  const groups = [...new Set(ofGroups.map(({ group }) => group))];
  const filter = { _id: { $in: ofGroups.map(({ member }) => member) }, group_id: { $in: groups } };
  const members = new Map((await snapshot.find(GROUP_MEMBERS, filter)).map((member) => [member._id, member]));
  const waiting = await waitingGroups(snapshot, groups);
  return ofGroups.flatMap(({ window, group, member }) => checkMembership(window, members.get(member), waiting(group)));
}

/** Where a cursor is at the end, its conversation says what is counted there; elsewhere the slot does. */
async function countedAtCursors(
  snapshot: Snapshot,
  windows: readonly UserWindowDocument[],
  seqs: ReadonlyMap<string, SeqDocument>,
): Promise<(window: UserWindowDocument) => number | undefined> {
  const bucketOf = ({ conversation_id, read_seq }: UserWindowDocument) => `${conversation_id}:${addressOf(read_seq as Seq).index}`;
  const inside = windows.filter(({ conversation_id, read_seq }) => read_seq > 0 && read_seq !== seqs.get(conversation_id)?.max_seq);
  const ids = [...new Set(inside.map(bucketOf))];
  const pipeline = [{ $match: { _id: { $in: ids } } }, { $project: { counted: '$msgs.msg.counted' } }];
  const found = ids.length === 0 ? [] : await snapshot.aggregate<MessageBucketDocument, { _id: string; counted: number[] }>(MSG, pipeline);
  const counts = new Map(found.map(({ _id, counted }) => [_id, counted]));
  return (window) => {
    const seq = seqs.get(window.conversation_id);
    if (window.read_seq === 0) return 0;
    return window.read_seq === seq?.max_seq ? seq.counted : counts.get(bucketOf(window))?.[(window.read_seq - 1) % BUCKET_SIZE];
  };
}

/** Those of a conversation of two. */
export async function examinePairWindows(examination: Examination, conversation: ConversationId): Promise<void> {
  const look = () =>
    inSnapshot(examination.database, async (snapshot) => {
      const [seq] = await snapshot.find(SEQ, { _id: conversation });
      const windows = seq ? await snapshot.find(SEQ_USER, { _id: { $in: pairIds(seq) } }) : [];
      return { findings: await checkWindows(snapshot, windows), found: windows.length };
    });
  examination.count('windows', (await examination.page(look)).found);
}
