import type { Rule } from '../run/run.js';
import { slotOf } from '../run/slot-name.js';
import type { Attempt } from '../run/attempt.js';
import type { Sent } from '../run/sends.js';

interface Placed {
  sent: Sent;
  attempt: Attempt;
  seq: number;
}

/**
 * Sends of one connection, in the order of the calls, have ascending seqs. Of a message that was tried several times it is known
 * which attempt made it when the answers leave but one: one that is no replay, or the only one that was neither refused nor a replay.
 */
export const socketOrder: Rule = (run, findings) => ({
  end() {
    const lanes = new Map<string, Placed[]>();
    for (const sent of run.sends.all) {
      const [attempt, ...others] = sent.candidates;
      const { seq } = sent;
      if (!attempt?.connection || others.length > 0 || seq === undefined) continue;
      const lane = `${attempt.connection.number}|${sent.log.number}`;
      const placed = lanes.get(lane);
      if (placed) placed.push({ sent, attempt, seq });
      else lanes.set(lane, [{ sent, attempt, seq }]);
    }
    for (const lane of lanes.values()) {
      lane.sort((a, b) => a.attempt.line - b.attempt.line);
      for (const [earlier, later] of descents(lane)) {
        const statement = `${later.sent.name} was sent after ${earlier.sent.name} on one socket, and has seq ${later.seq}, not above ${earlier.seq}`;
        const lines = [...earlier.sent.lines, ...later.sent.lines];
        findings.add('socket-order', statement, lines, [slotOf(later.sent.log, later.seq), slotOf(earlier.sent.log, earlier.seq)]);
      }
    }
  },
});

/** Each with the highest before it, where that is not below. */
function descents(lane: readonly Placed[]): [Placed, Placed][] {
  const found: [Placed, Placed][] = [];
  let highest: Placed | undefined;
  for (const placed of lane) {
    if (highest && placed.seq <= highest.seq) found.push([highest, placed]);
    else highest = placed;
  }
  return found;
}
