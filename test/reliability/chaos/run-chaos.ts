import { chooseFaults } from '../faults/all-faults.js';
import type { Fault } from '../faults/fault.js';
import { HistoryFile } from '../history/history-file.js';
import { Recorder } from '../history/recorder.js';
import { startWorld } from '../world/start-world.js';
import type { World } from '../world/world.js';
import { Workload } from '../workload/workload.js';
import { Importer } from './importer.js';
import type { ChaosOptions } from './options.js';
import { makePlan, renderPlan, type PlannedStrike } from './plan.js';
import { play, type Played } from './play.js';
import { renderSummary } from './summary.js';
import { atRest, verdict } from './verdict.js';

/** A whole run; returns the exit code: 0 when every promise was kept. */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<0 | 1> {
  const faults = chooseFaults(options.faults);
  const plan = makePlan({ faults, seed: options.seed, minutes: options.minutes });
  say(`Seed ${options.seed} plays ${plan.length} faults:\n${renderPlan(plan)}\n`);
  const world = await startWorld({ ...needsOf(faults, options), say });
  if (options.keep) world.folder.keep();
  try {
    const code = await underLoad(world, plan, options);
    if (code !== 0) world.folder.keep();
    return code;
  } catch (error) {
    world.folder.keep();
    throw error;
  } finally {
    await world.stop();
  }
}

/** What the faults need, unless the options say it. */
function needsOf(faults: readonly Fault[], options: ChaosOptions) {
  const needs = faults.map((fault) => fault.needs ?? {});
  const volumes = (['mongo', 'kafka'] as const).filter((server) => needs.some(({ disk }) => disk === server));
  return {
    mongoMembers: options.mongoMembers ?? (needs.some(({ mongoMembers }) => mongoMembers === 3) ? 3 : 1),
    brokers: options.brokers ?? (needs.some(({ brokers }) => brokers === 3) ? 3 : 1),
    volumes,
    counts: { message: options.message, gateway: options.gateway },
  };
}

async function underLoad(world: World, plan: readonly PlannedStrike[], options: ChaosOptions): Promise<0 | 1> {
  const { seed, rate, users } = options;
  const file = new HistoryFile(world.folder.history);
  const recorder = new Recorder(file);
  const workload = new Workload({ urls: () => world.urls, adminKey: world.cluster.keys.adminKey, seed, rate, users, recorder });
  const began = performance.now();
  const importer = options.import && new Importer(world, options.import);
  let played: Played;
  try {
    await workload.start();
    const imported = importer?.import();
    // It is waited for below, when the faults have been played.
    imported?.catch(() => undefined);
    played = await play(plan, { world, recorder, rate });
    world.say('Healing everything, and waiting until all is quiet …');
    await world.heal();
    const attempts = await imported;
    if (attempts !== undefined) world.say(`The import was run ${attempts} times`);
    await workload.settle({ untilAtRest: () => atRest(world) });
  } catch (error) {
    await workload.abandon();
    throw error;
  } finally {
    file.close();
  }
  const verified = await importer?.verify();
  if (verified !== undefined) world.say(`Verification of the import: ${verified}`);
  const { endedAlone } = world.supervisor;
  world.say(renderSummary({ seed, seconds: (performance.now() - began) / 1000, played, counts: recorder.counts, endedAlone }));
  await world.stopServices();
  return verdict(world);
}
