import type { World } from '../world/world.js';
import type { Load } from './load.js';
import type { Played } from './play.js';
import { renderSummary } from './summary.js';
import { atRest, verdict } from './verdict.js';

/** Waits until all is quiet, says what the run covered, and checks it; returns the exit code. `foreign`: conversations that others wrote to. */
export async function settleAndCheck(world: World, load: Load, played: Played, foreign: ReadonlySet<string> = new Set()): Promise<0 | 1> {
  world.say('Waiting until all is quiet …');
  await load.settle({ untilAtRest: () => atRest(world) });
  const { endedAlone } = world.supervisor;
  const seconds = performance.now() / 1000;
  world.say(renderSummary({ seed: load.options.seed, seconds, played, counts: load.recorder.counts, endedAlone }));
  return verdict(world, foreign);
}
