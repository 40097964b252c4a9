import type { Call, Rule, Run } from '../run/run.js';
import type { StoredLog } from '../run/stored-log.js';
import { conversationOf } from '../run/target.js';

/** Who was put in and answered so, and taken out by nobody, is not refused as a stranger. */
export const membersMay: Rule = (run, findings) => {
  const refused: (Call & { log: StoredLog })[] = [];
  return {
    call(call) {
      const log = call.outcome === 'refused' && logOf(run, call);
      if (log) refused.push({ ...call, log });
    },
    end() {
      for (const { log, line, end, code, device, asked } of refused) {
        const refusal = `${device.userId} asked for ${asked.operation.type} in ${log.id} and was refused: ${code ?? '?'}`;
        const member = run.groups.membership(log, device.userId).within(line, end);
        if (member && code === 'not_a_member') findings.add('members-may', `${refusal}, being a member`, [...member.lines, line, end]);
        if (code === 'group_dismissed' && run.groups.dismissCalled(log) > end) {
          findings.add('members-may', `${refusal}, and nobody had dismissed it`, [line, end]);
        }
      }
    },
  };
};

function logOf(run: Run, { asked: { operation }, device }: Call): StoredLog | undefined {
  if (operation.type === 'send') return run.logs.of(conversationOf(operation.to, device.userId));
  return operation.type === 'history' || operation.type === 'read' ? run.logs.of(operation.conversationId) : undefined;
}
