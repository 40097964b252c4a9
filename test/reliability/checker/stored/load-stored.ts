import { checkPair, checkWindow } from '../../../../apps/cli/src/check/rules/window-rules.js';
import type { Findings } from '../findings.js';
import type { StoredLog } from '../run/stored-log.js';
import type { StoredLogs } from '../run/stored-logs.js';
import { addStored } from './add-stored.js';
import { checkProgress } from './check-progress.js';
import { loadConversation, type Found } from './conversation-loader.js';
import type { StoredState } from './stored-state.js';

/** Reads what the servers hold, and checks on the way what can be checked without the history. */
export async function loadStored(state: StoredState, logs: StoredLogs, findings: Findings): Promise<void> {
  const sum: Found = { buckets: 0, bodies: 0, keys: 0 };
  for await (const conversation of state.conversations()) {
    const found = await loadConversation(conversation, logs.of(conversation.seq._id), findings);
    for (const what of ['buckets', 'bodies', 'keys'] as const) sum[what] += found[what];
  }
  checkOrphans(await state.totals(), sum, findings);
  for await (const window of state.windows()) logs.of(window.conversation_id).windows.set(window.user_id, window);
  for (const log of logs.all) checkWindows(log, findings);
  checkProgress(await state.progress(), findings);
}

function checkOrphans(totals: Found, sum: Found, findings: Findings): void {
  const orphans = (what: keyof Found) => totals[what] - sum[what];
  if (orphans('buckets') !== 0) findings.add('dense-seqs', `${orphans('buckets')} buckets belong to no conversation`);
  if (orphans('bodies') !== 0) findings.add('bodies-match-slots', `${orphans('bodies')} bodies belong to no bucket`);
  if (orphans('keys') !== 0) findings.add('keys-match-slots', `${orphans('keys')} keys belong to no conversation`);
}

function checkWindows(log: StoredLog, findings: Findings): void {
  const { seq } = log;
  for (const window of log.windows.values()) {
    const countedAtCursor = window.read_seq === 0 ? 0 : log.at(window.read_seq)?.counted;
    addStored(findings, checkWindow(window, { seq, progress: undefined, countedAtCursor }));
  }
  if (seq) addStored(findings, checkPair(seq, new Set([...log.windows.values()].map(({ _id }) => _id))));
}
