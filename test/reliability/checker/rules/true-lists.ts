import type { ListedConversation } from '../../history/history.js';
import type { Findings } from '../findings.js';
import type { Call, Rule, Run } from '../run/run.js';
import type { StoredLog } from '../run/stored-log.js';

interface Row {
  call: Call;
  log: StoredLog;
  item: ListedConversation;
}

/** The numbers of lists and reads are those of the stored messages; once it is quiet, those of the last one. */
export const trueLists: Rule = (run, findings) => {
  let atQuiet: Row[] = [];
  return {
    call(call) {
      checkRead(run, call, findings);
      if (call.answer?.type !== 'list') return;
      const rows = call.answer.items.map((item) => ({ call, item, log: run.logs.of(item.conversationId) }));
      for (const row of rows) checkUnread(row, findings);
      if (call.line > (run.lastQuiet ?? Infinity)) atQuiet.push(...rows);
    },
    end() {
      atQuiet = atQuiet.filter(({ call }) => call.line > (run.lastQuiet ?? Infinity));
      for (const row of atQuiet) checkQuiet(run, row, findings);
    },
  };
};

function checkUnread({ call, log, item }: Row, findings: Findings): void {
  const { maxSeq, readSeq, unread, previewSeq } = item;
  const expected = Math.max(0, log.countedAt(maxSeq) - log.countedAt(readSeq));
  const name = `a list of ${call.device.userId}, ${log.id}`;
  const lines = [call.line, call.end];
  if (maxSeq <= log.maxSeq && unread !== expected) {
    const slots = [`seq ${maxSeq} counts ${log.countedAt(maxSeq)}`, `seq ${readSeq} counts ${log.countedAt(readSeq)}`];
    findings.add('true-lists', `${name}: ${unread} unread, and there are ${expected}`, lines, slots);
  }
  if (previewSeq !== undefined && !log.at(previewSeq))
    findings.add('true-lists', `${name}: the preview of seq ${previewSeq}, which is not stored`, lines);
}

/** Its last seq is not told: it lies between what was known and what is stored. */
function checkRead(run: Run, { line, end, device, asked: { operation }, answer }: Call, findings: Findings): void {
  if (operation.type !== 'read' || answer?.type !== 'read') return;
  const log = run.logs.of(operation.conversationId);
  const read = log.countedAt(answer.readSeq);
  const least = Math.max(0, log.countedAt(log.known.before(line).seq) - read);
  const most = Math.max(0, log.countedAt(log.maxSeq) - read);
  if (answer.unread >= least && answer.unread <= most) return;
  const statement = `a read of ${device.userId} in ${log.id}: ${answer.unread} unread, and there are ${least} to ${most}`;
  findings.add('true-lists', statement, [line, end]);
}

function checkQuiet(run: Run, { call, log, item }: Row, findings: Findings): void {
  // What was sent after the quiet may be there, or not yet.
  if (log.notBefore(log.maxSeq) > (run.lastQuiet ?? 0)) return;
  const { userId } = call.device;
  const add = (what: string) =>
    findings.add('true-lists', `a list of ${userId}, ${log.id}: ${what}`, [call.line, call.end], [`seq ${log.id}`]);
  if (item.maxSeq !== log.maxSeq) add(`it ends at ${item.maxSeq}, and the last message is ${log.maxSeq}`);
  const last = log.seq?.last?.seq;
  const shown = last !== undefined && last >= (log.firstReadable(userId) ?? Infinity) ? last : undefined;
  if (call.line > run.groups.membership(log, userId).settledAt && item.previewSeq !== shown) {
    add(`the preview of ${item.previewSeq ?? 'nothing'}, and it is ${shown ?? 'nothing'}`);
  }
}
