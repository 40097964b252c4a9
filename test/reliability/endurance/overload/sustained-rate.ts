import { setTimeout as sleep } from 'node:timers/promises';
import type { Pairs } from '../load/pairs.js';
import type { EnduranceOptions } from '../report.js';

const FIRST = 250;
const STEP = 1.4;
const SECONDS = 8;
const BETWEEN_MS = 1500;
/** What is answered later than this, after so few seconds, waits in a queue that grows. */
const P99_MS = 2000;

/** The highest rate of a short ramp at which everything is answered soon. */
export async function sustainedRate(pairs: Pairs, { say }: Pick<EnduranceOptions, 'say'>): Promise<number> {
  let sustained = 0;
  for (let rate = FIRST; ; rate = Math.round(rate * STEP)) {
    const tally = await pairs.write(rate, SECONDS);
    await pairs.settled(tally);
    const p99 = tally.answerTime.at(99);
    say(`${rate} sends a second: ${tally.outcomes}; p99 ${p99.toFixed(0)} ms`);
    if (tally.answered < tally.sent || p99 > P99_MS) break;
    sustained = rate;
    await sleep(BETWEEN_MS);
  }
  if (sustained === 0) throw new Error(`this machine does not sustain ${FIRST} sends a second: give a --rate`);
  return sustained;
}
