import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `act` at a fixed rate by the clock, whatever became of the calls before: a system that stalls is sent just as much, and the
 * time its callers would have waited counts. `intended` is when the call was due, in ms of `performance.now()`.
 */
export async function openLoop(perSecond: number, seconds: number, act: (intended: number, n: number) => void): Promise<void> {
  const start = performance.now();
  const total = Math.round(perSecond * seconds);
  for (let n = 0; n < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * perSecond) / 1000));
    for (; n < due; n++) act(start + (n * 1000) / perSecond, n);
    await sleep(1);
  }
}
