import type { Call, Rule } from '../run/run.js';
import { KnownSeqs } from '../run/known-seqs.js';
import type { StoredLog } from '../run/stored-log.js';

interface Claim {
  conversationId: string;
  readSeq: number;
}

/**
 * A read cursor that was told is never told lower to whoever asks later, nor stored lower, nor beyond the last message. No log brings
 * cursors back: after MongoDB was restored from a backup, what was told before says nothing.
 */
export const cursorsForward: Rule = (run, findings) => {
  const told = new Map<StoredLog, Map<string, KnownSeqs>>();
  let restoredAt = -1;
  const forgetWhatWasBefore = (): void => {
    if (run.restoredAt !== restoredAt) told.clear();
    restoredAt = run.restoredAt;
  };
  return {
    call(call) {
      const { line, end, device, asked } = call;
      forgetWhatWasBefore();
      if (line < restoredAt) return;
      for (const { conversationId, readSeq } of claimsOf(call)) {
        const log = run.logs.of(conversationId);
        const ofLog = told.get(log) ?? new Map<string, KnownSeqs>();
        const cursor = ofLog.get(device.userId) ?? new KnownSeqs();
        told.set(log, ofLog.set(device.userId, cursor));
        const before = cursor.before(line);
        const name = `the cursor of ${device.userId} in ${conversationId}`;
        if (readSeq < before.seq)
          findings.add('cursors-forward', `${name} was ${before.seq}, and is ${readSeq} later`, [before.line, line, end]);
        if (readSeq > log.maxSeq)
          findings.add('cursors-forward', `${name} is ${readSeq}, beyond the last message, ${log.maxSeq}`, [line, end]);
        else cursor.learn(end, readSeq);
        const { operation } = asked;
        if (operation.type !== 'read' || readSeq >= operation.seq) continue;
        findings.add('cursors-forward', `${name} was set to ${operation.seq}, the answer says ${readSeq}`, [line, end]);
      }
    },
    end() {
      forgetWhatWasBefore();
      for (const [log, cursors] of told) {
        for (const [userId, cursor] of cursors) {
          const last = cursor.before(Infinity);
          const stored = log.windows.get(userId)?.read_seq ?? 0;
          if (stored >= last.seq) continue;
          const document = [`seq_user ${userId}|${log.id}: read_seq ${stored}`];
          findings.add(
            'cursors-forward',
            `the cursor of ${userId} in ${log.id} was ${last.seq}, and is stored as ${stored}`,
            [last.line],
            document,
          );
        }
      }
    },
  };
};

function claimsOf({ asked: { operation }, answer }: Call): readonly Claim[] {
  if (answer?.type === 'sync') return answer.moved;
  if (answer?.type === 'list') return answer.items;
  if (answer?.type !== 'read' || operation.type !== 'read') return [];
  return [{ conversationId: operation.conversationId, readSeq: answer.readSeq }];
}
