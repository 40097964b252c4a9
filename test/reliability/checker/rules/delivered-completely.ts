import type { Rule } from '../run/run.js';
import { Received, takeAnswer } from '../run/received.js';
import { slotOf } from '../run/slot-name.js';

/** Once it is quiet, a device that is connected or has synced since has every message of its user's open windows. */
export const deliveredCompletely: Rule = (run, findings) => {
  const received = new Received();
  return {
    call: (call) => takeAnswer(received, run, call),
    end() {
      const quiet = run.lastQuiet;
      if (quiet === undefined) return;
      for (const { connection, log, seq, hint } of run.pushes) if (!hint) received.add(connection.device, log, seq);
      for (const device of run.devices.all) {
        const { userId, deviceId, synced, connection } = device;
        const isThere = connection.opened < quiet && connection.closed > quiet;
        if (synced === 0 || (synced < quiet && !isThere)) continue;
        for (const log of run.logs.readableBy(userId)) {
          for (const seq of received.missing(device, log, log.firstReadable(userId))) {
            const sent = log.at(seq)?.sentAs;
            if (!sent || sent.firstLine > quiet) continue;
            const lines = [...sent.lines, synced, connection.opened, quiet];
            findings.add('delivered-completely', `${userId} on ${deviceId} never got seq ${seq} of ${log.id}`, lines, [slotOf(log, seq)]);
          }
        }
      }
    },
  };
};
