import type { Connection, Device } from '../run/devices.js';
import { PairMap } from '../run/pair-map.js';
import { Received } from '../run/received.js';
import type { Rule, Run } from '../run/run.js';
import type { Attempt } from '../run/sends.js';
import { slotOf } from '../run/slot-name.js';
import type { StoredLog } from '../run/stored-log.js';

/**
 * A socket that stayed open until it was quiet was pushed what was sent after it had connected and that its user may read; or it was
 * told to ask, by a hint for the conversation or a `resync`. What its own device sent comes as an answer,
 * and what was sent in the last moments may still be on its way.
 */
export const pushedWhileConnected: Rule = (run, findings) => ({
  end() {
    const quiet = run.lastQuiet;
    if (quiet === undefined) return;
    const pushed = new Received();
    const hints = new PairMap<number>();
    for (const { connection, log, seq, hint } of run.pushes) {
      if (connection.closed < quiet) continue;
      if (!hint) pushed.add(connection, log, seq);
      else hints.set(connection.number, log.number, Math.max(seq, hints.get(connection.number, log.number) ?? 0));
    }
    for (const connection of run.devices.connections) {
      if (connection.opened > quiet || connection.closed < quiet) continue;
      const { device, number } = connection;
      for (const log of run.logs.readableBy(device.userId)) {
        for (const seq of expected(run, connection, log, quiet)) {
          if (pushed.has(connection, log, seq) || seq <= (hints.get(number, log.number) ?? 0)) continue;
          const statement = `${device.userId} on ${device.deviceId} was connected and not told of seq ${seq} of ${log.id}`;
          const lines = [connection.opened, ...(log.at(seq)?.sentAs?.lines ?? []), quiet];
          findings.add('pushed-while-connected', statement, lines, [slotOf(log, seq)]);
        }
      }
    }
  },
});

/** What was certainly stored while it was connected and its user a member, and since it was told to sync. */
function* expected(run: Run, { device, opened, number }: Connection, log: StoredLog, quiet: number): Generator<number> {
  const since = Math.max(opened, run.resyncs.get(number) ?? 0);
  const membership = run.groups.membership(log, device.userId);
  for (let seq = log.maxSeq; seq > 0; seq -= 1) {
    const sent = log.at(seq)?.sentAs;
    if (!sent || sent.attempts.some((attempt) => isOwnOrLate(run, attempt, device))) continue;
    const from = sent.firstLine;
    if (from < since || from > quiet) continue;
    if (membership.within(from, quiet)) yield seq;
  }
}

function isOwnOrLate(run: Run, attempt: Attempt, device: Device): boolean {
  return (attempt.device === device && attempt.outcome !== 'refused') || attempt.at > run.endedAt - run.pushWithinMs;
}
