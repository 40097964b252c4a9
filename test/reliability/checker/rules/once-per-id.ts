import type { Findings } from '../findings.js';
import type { Rule } from '../run/run.js';
import type { Sent } from '../run/sends.js';
import { slotOf } from '../run/slot-name.js';
import type { StoredLog } from '../run/stored-log.js';

/** One client message id, one message, and one answer: the first says so, all later ones say that it was there. */
export const oncePerId: Rule = (run, findings) => ({
  end() {
    for (const log of run.logs.all) checkStored(log, findings);
    for (const sent of run.sends.all) {
      checkSame(sent, findings);
      checkReplayed(sent, findings);
    }
  },
});

function checkStored(log: StoredLog, findings: Findings): void {
  const first = new Map<string, number>();
  for (const message of log.messages) {
    if (!message) continue;
    const id = `${message.senderId}|${message.clientMsgId}`;
    const before = first.get(id);
    if (before === undefined) first.set(id, message.seq);
    else {
      const slots = [before, message.seq].map((seq) => slotOf(log, seq));
      const statement = `${message.clientMsgId} of ${message.senderId} is in ${log.id} twice, as ${before} and ${message.seq}`;
      findings.add('once-per-id', statement, message.sentAs?.lines ?? [], slots);
    }
  }
}

function checkSame(sent: Sent, findings: Findings): void {
  const [first, ...others] = sent.answered;
  for (const other of others) {
    if (other.answer?.seq === first?.answer?.seq && other.answer?.messageId === first?.answer?.messageId) continue;
    const statement = `${sent.name} was answered seq ${first?.answer?.seq ?? '?'} and seq ${other.answer?.seq ?? '?'}`;
    findings.add('once-per-id', statement, [first?.line ?? 0, first?.end ?? 0, other.line, other.end]);
  }
}

/** A replay needs an earlier send that may have been admitted; of all answers at most one is no replay. */
function checkReplayed(sent: Sent, findings: Findings): void {
  const fresh = sent.answered.filter(({ answer }) => answer?.replayed === false);
  if (fresh.length > 1) {
    const lines = fresh.slice(0, 2).flatMap(({ line, end }) => [line, end]);
    findings.add('once-per-id', `${sent.name} was answered ${fresh.length} times as if it were new`, lines);
  }
  const contents = new Set(sent.attempts.map(({ digest }) => digest));
  for (const attempt of sent.attempts) {
    if (attempt.code === 'idempotency_key_reused' && contents.size === 1) {
      findings.add('once-per-id', `${sent.name} was refused as another content, and there is only one`, [attempt.line, attempt.end]);
    }
    if (attempt.answer?.replayed !== true) continue;
    const possible = sent.candidates.some((other) => other !== attempt && other.line < attempt.end);
    if (!possible)
      findings.add('once-per-id', `${sent.name} was answered as a replay, and nothing was there to repeat`, [attempt.line, attempt.end]);
  }
}
