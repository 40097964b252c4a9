import type { Rule } from '../run/run.js';
import { slotOf } from '../run/slot-name.js';

/** What was answered or seen before another message was sent for the first time has the smaller seq. */
export const realTimeOrder: Rule = (run, findings) => ({
  end() {
    for (const log of run.logs.all) {
      // From the last seq down: the earliest line by which something behind was known to be stored.
      let earliest = { line: Infinity, seq: 0, lines: [] as number[] };
      for (let seq = log.maxSeq; seq > 0; seq -= 1) {
        const sent = log.at(seq)?.sentAs;
        if (!sent) continue;
        if (earliest.line < sent.firstLine) {
          const statement = `${sent.name} was sent after seq ${earliest.seq} was known to be stored, and has seq ${seq}`;
          findings.add('real-time-order', statement, [...earliest.lines, ...sent.lines], [slotOf(log, seq), slotOf(log, earliest.seq)]);
        }
        const answered = Math.min(...sent.answered.map(({ end }) => end));
        const line = Math.min(answered, log.known.since(seq));
        if (line < earliest.line) earliest = { line, seq, lines: answered === line ? [...sent.lines.filter(Number.isFinite)] : [line] };
      }
    }
  },
});
