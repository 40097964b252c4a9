import type { Rule } from '../run/run.js';
import { PairMap } from '../run/pair-map.js';

/** The messages that one connection is pushed ascend in each conversation, each comes once. */
export const deliveredInOrder: Rule = (run, findings) => ({
  end() {
    const last = new PairMap<{ seq: number; line: number }>();
    for (const { line, connection, log, seq, hint } of run.pushes) {
      if (hint) continue;
      const before = last.get(connection.number, log.number);
      if (before && seq <= before.seq) {
        const { userId, deviceId } = connection.device;
        const what = seq === before.seq ? 'twice' : `after seq ${before.seq}`;
        findings.add('delivered-in-order', `${userId} on ${deviceId} was pushed seq ${seq} of ${log.id} ${what}`, [before.line, line]);
      }
      if (!before) last.set(connection.number, log.number, { seq, line });
      else if (seq > before.seq) Object.assign(before, { seq, line });
    }
  },
});
