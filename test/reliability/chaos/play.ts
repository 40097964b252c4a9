import { setTimeout as sleep } from 'node:timers/promises';
import { seconds } from '../faults/fault.js';
import type { Recorder } from '../history/recorder.js';
import type { World } from '../world/world.js';
import { Gauge } from './gauge.js';
import type { PlannedStrike } from './plan.js';

export interface Stage {
  world: World;
  recorder: Recorder;
  /** Sends a second that clients make. */
  rate: number;
}

/** How often each kind of fault was played. */
export type Played = Map<string, number>;

/** Plays one fault after the other, each on a cluster that is well. Rejects when one does not come to its end, or is not recovered from. */
export async function play(plan: readonly PlannedStrike[], stage: Stage): Promise<Played> {
  const played: Played = new Map();
  const gauge = new Gauge(stage.recorder.counts, stage.rate);
  for (const [index, planned] of plan.entries()) {
    await sleep(planned.restMs);
    const { fault, strike } = planned;
    stage.world.say(`${index + 1}/${plan.length} ${fault}: ${strike.what}`);
    await playOne(planned, stage, gauge).catch((cause: unknown) => {
      throw new Error(`${fault} (${strike.what}): ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
    played.set(fault, (played.get(fault) ?? 0) + 1);
  }
  return played;
}

async function playOne({ fault, strike, restMs }: PlannedStrike, { world, recorder }: Stage, gauge: Gauge): Promise<void> {
  const before = gauge.take();
  const began = performance.now();
  recorder.mark(`${fault}: ${strike.what}`);
  const heal = await strike.inject(world);
  await sleep(strike.holdMs);
  recorder.mark(`${fault}: healing`);
  const healing = performance.now();
  await heal();
  const healed = performance.now();
  recorder.mark(`${fault}: healed`);
  await gauge.well();
  const [recovered, during] = [performance.now(), gauge.take()];
  await sleep(restMs);
  world.say(
    `  sends answered a second: ${before} before, ${during} meanwhile, ${gauge.take()} after; ` +
      `in trouble for ${seconds(healing - began)}, healed in ${seconds(healed - healing)}, well ${seconds(recovered - healed)} later`,
  );
}
