import type { Fault, Strike } from '../faults/fault.js';
import { Random } from '../workload/random.js';

export interface PlannedStrike {
  fault: string;
  strike: Strike;
  /** Before it, when all has recovered from the one before (ms). */
  restMs: number;
}

export interface PlanOptions {
  faults: readonly Fault[];
  seed: number;
  minutes: number;
}

/** What injecting, healing and recovering take on top of what was drawn, on average of all kinds (ms). */
const OVERHEAD_MS = 13_000;
const REST_MS = { least: 500, most: 4000 };

/** Every kind of fault once, in an order that the seed makes; then again, in another, while there are minutes left. The same seed makes the same plan. */
export function makePlan({ faults, seed, minutes }: PlanOptions): PlannedStrike[] {
  const random = new Random(seed);
  const plan: PlannedStrike[] = [];
  let waiting: Fault[] = [];
  for (let leftMs = minutes * 60_000; leftMs > 0 || plan.length < faults.length;) {
    if (waiting.length === 0) waiting = random.some(faults, faults.length);
    const fault = waiting.pop();
    if (!fault) break;
    // A sequence of its own: that a kind of fault draws one choice more does not change the others.
    const strike = fault.draw(new Random(random.whole(0, 2 ** 31)));
    const restMs = random.whole(REST_MS.least, REST_MS.most);
    plan.push({ fault: fault.name, strike, restMs });
    leftMs -= restMs + strike.holdMs + OVERHEAD_MS;
  }
  return plan;
}

export function renderPlan(plan: readonly PlannedStrike[]): string {
  return plan.map(({ fault, strike }, index) => `  ${String(index + 1).padStart(3)}. ${fault}: ${strike.what}`).join('\n');
}
