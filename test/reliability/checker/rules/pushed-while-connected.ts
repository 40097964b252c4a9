import type { Connection, Device } from '../run/devices.js';
import { PairMap } from '../run/pair-map.js';
import { Received } from '../run/received.js';
import type { Rule, Run } from '../run/run.js';
import type { Attempt } from '../run/attempt.js';
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
        for (const seq of pushed.missing(connection, log, 1 + (hints.get(number, log.number) ?? 0))) {
          if (!isExpected(run, connection, log, seq, quiet)) continue;
          const statement = `${device.userId} on ${device.deviceId} was connected and not told of seq ${seq} of ${log.id}`;
          const lines = [connection.opened, ...(log.at(seq)?.sentAs?.lines ?? []), quiet];
          findings.add('pushed-while-connected', statement, lines, [slotOf(log, seq)]);
        }
      }
    }
  },
});

/** Whether it was certainly stored while the socket was connected and its user a member, and since it was told to sync. */
function isExpected(run: Run, { device, opened, number }: Connection, log: StoredLog, seq: number, quiet: number): boolean {
  const sent = log.at(seq)?.sentAs;
  if (!sent || sent.attempts.some((attempt) => isOwnOrLate(run, attempt, device))) return false;
  const since = Math.max(opened, run.resyncs.get(number) ?? 0);
  const from = sent.firstLine;
  return from > since && from < quiet && run.groups.membership(log, device.userId).within(from, quiet) !== undefined;
}

function isOwnOrLate(run: Run, attempt: Attempt, device: Device): boolean {
  return (attempt.device === device && attempt.outcome !== 'refused') || attempt.at > run.endedAt - run.pushWithinMs;
}
