import { parseConversationId } from '#contracts';
import type { SeqDocument } from '../../../../message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import type { Finding } from '../finding.js';
import { decidedBelow, finding, type ConversationPage } from './conversation-page.js';

/** What is known around a window, as of one moment. */
export interface WindowFacts {
  /** Of its conversation; undefined: there is none. */
  seq: SeqDocument | undefined;
  /** Where the conversation's partition stands. */
  progress: ConversationPage['progress'];
  /** How many messages count as unread up to its cursor; undefined: not known. */
  countedAtCursor: number | undefined;
}

/** One user's window of a conversation and his cursor in it. */
export function checkWindow(window: UserWindowDocument, facts: WindowFacts): Finding[] {
  const name = `seq_user ${window._id}`;
  const { user_id, conversation_id } = window;
  if (window._id !== `${user_id}|${conversation_id}`) {
    return [finding('windows', [name], `its fields say the window of ${user_id} in ${conversation_id}`)];
  }
  const { seq } = facts;
  if (!seq) return [finding('windows', [name, `seq ${conversation_id}`], 'there is no such conversation')];
  return [
    ...windowProblems(window, seq, facts).map((what) => finding('windows', [name], what)),
    ...cursorProblems(window, seq, facts).map((what) => finding('cursors', [name], what)),
  ];
}

function windowProblems(window: UserWindowDocument, seq: SeqDocument, { progress }: WindowFacts): string[] {
  const { min_seq, closed, changed_at, user_id } = window;
  const decided = decidedBelow(progress);
  const parsed = parseConversationId(seq._id);
  const problems: string[] = [];
  if (!(min_seq >= 1 && min_seq <= seq.max_seq + 1)) problems.push(`min_seq is ${min_seq}, not within 1 to ${seq.max_seq + 1}`);
  if ((closed as unknown) !== undefined && (closed as unknown) !== true) problems.push(`closed is ${String(closed)}`);
  if (!(changed_at >= 0)) problems.push(`changed_at is ${changed_at}`);
  if (decided !== undefined && changed_at >= decided) problems.push(`it changed at ${changed_at}, which is decided only up to ${decided}`);
  if (parsed?.kind === 'direct') {
    if (!(parsed.members as string[]).includes(user_id)) problems.push(`${user_id} is none of the two`);
    if (closed || min_seq !== 1) problems.push('the window of one of two is open from the first message on, always');
  }
  return problems;
}

function cursorProblems(window: UserWindowDocument, seq: SeqDocument, { countedAtCursor }: WindowFacts): string[] {
  const { read_seq, read_counted, min_seq } = window;
  if (!(read_seq >= 0 && read_seq <= seq.max_seq)) return [`the cursor is ${read_seq}, though max_seq is ${seq.max_seq}`];
  if (read_seq < min_seq - 1) return [`the cursor ${read_seq} is before the window, which begins at ${min_seq}`];
  if (countedAtCursor === undefined || read_counted === countedAtCursor) return [];
  return [`it says ${read_counted} counted up to the cursor ${read_seq}, it is ${countedAtCursor}`];
}

/** The windows that a conversation of two must have; of others none. */
export function pairIds(seq: SeqDocument): string[] {
  const parsed = parseConversationId(seq._id);
  return parsed?.kind === 'direct' ? [...new Set(parsed.members)].map((user) => `${user}|${seq._id}`) : [];
}

/** Both of a conversation of two have their window, once there is one. */
export function checkPair(seq: SeqDocument, windowIds: ReadonlySet<string>): Finding[] {
  const missing = pairIds(seq).filter((id) => !windowIds.has(id));
  return missing.map((id) => finding('windows', [`seq_user ${id}`], `one of the two has no window of ${seq._id}`));
}
