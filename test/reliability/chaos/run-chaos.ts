import { chooseFaults } from '../faults/all-faults.js';
import type { Fault } from '../faults/fault.js';
import { SCENARIOS } from '../scenarios/all-scenarios.js';
import { startWorld } from '../world/start-world.js';
import type { World } from '../world/world.js';
import { Importer } from './importer.js';
import { Load } from './load.js';
import type { ChaosOptions } from './options.js';
import { makePlan, renderPlan, type PlannedStrike } from './plan.js';
import { play, type Played } from './play.js';
import { settleAndCheck } from './settle-and-check.js';

/** A whole run; returns the exit code: 0 when every promise was kept. */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<0 | 1> {
  const scenario = SCENARIOS.find(({ name }) => name === options.faults);
  if (scenario) return scenario.play({ ...options, say });
  const faults = chooseFaults(options.faults, options.brokers);
  const plan = makePlan({ faults, seed: options.seed, minutes: options.minutes });
  say(`Seed ${options.seed} plays ${plan.length} faults:\n${renderPlan(plan)}\n`);
  const world = await startWorld({ ...needsOf(faults, options), say });
  return world.during(() => underLoad(world, plan, options), options.keep);
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
  const load = new Load(world.folder.history, { urls: () => world.urls, adminKey: world.cluster.keys.adminKey, seed, rate, users });
  const importer = options.import && new Importer(world, options.import);
  let played: Played;
  try {
    await load.start();
    const imported = importer?.import();
    // It is waited for below, when the faults have been played.
    imported?.catch(() => undefined);
    played = await play(plan, { world, recorder: load.recorder, rate });
    await world.heal();
    const runs = await imported;
    if (runs !== undefined) world.say(`The import is done; it was started ${runs} times`);
  } catch (error) {
    await load.abandon();
    throw error;
  }
  const code = await settleAndCheck(world, load, played, importer?.conversations);
  const verified = await importer?.verify();
  if (verified !== undefined) world.say(`Verification of the import: ${verified}`);
  await world.stopServices();
  return code;
}
