import type { Rule } from '../run/run.js';
import { slotOf } from '../run/slot-name.js';
import type { StoredLog, StoredMessage } from '../run/stored-log.js';

/** Every stored message was sent, with its content, by a call that was not refused. */
export const nothingInvented: Rule = (run, findings) => ({
  end() {
    for (const log of run.logs.all) {
      if (run.foreign.has(log.id)) continue;
      for (const message of log.messages) {
        const problem = message && problemOf(log, message);
        if (!message || !problem) continue;
        findings.add(problem.promise, problem.statement, message.sentAs?.lines ?? [], [slotOf(log, message.seq)]);
      }
    }
  },
});

function problemOf(log: StoredLog, { sentAs, digest, seq, clientMsgId, senderId }: StoredMessage) {
  const name = `seq ${seq} of ${log.id} (${clientMsgId} of ${senderId})`;
  if (!sentAs) return { promise: 'nothing-invented', statement: `${name} was sent by nobody` } as const;
  const same = sentAs.attempts.filter((attempt) => attempt.digest === digest);
  if (same.length === 0) return { promise: 'nothing-invented', statement: `the content of ${name} is none that was sent` } as const;
  if (same.every(({ outcome }) => outcome === 'refused'))
    return { promise: 'refused-is-not-stored', statement: `${name} was refused` } as const;
  return undefined;
}
