import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newDevelopmentKeys, startStandalone, withDatabase } from '#testing';
import { Gauge } from '../chaos/gauge.js';
import { Load } from '../chaos/load.js';
import { settleAndCheck } from '../chaos/settle-and-check.js';
import { DATABASE, NO_LIMITS, startWorld, type Ground } from '../world/start-world.js';
import type { World } from '../world/world.js';
import { adopt, expectNoAnswers, untilStopped } from './adopting.js';
import { UNDER_LOAD_MS, type Scenario, type ScenarioOptions } from './scenario.js';

/** A standalone server's MongoDB is taken over by a cluster, whose Kafka knows nothing of what was. */
export const standaloneMoved: Scenario = {
  name: 'standalone-moved',
  play: async (options) => {
    const keys = newDevelopmentKeys();
    const move: Move = { urls: [], load: undefined };
    const grow = (ground: Ground) => beginStandalone(ground, move, { ...options, keys });
    const counts = { message: 0, gateway: 2 };
    const world = await startWorld({ mongoMembers: 1, brokers: 1, volumes: [], counts, keys, say: options.say, beforeCluster: grow });
    return world.during(() => goOn(world, move, options), options.keep);
  },
};

interface Move {
  /** Where the clients find their server: first the standalone one, then nothing, then the gateways. */
  urls: readonly string[];
  load: Load | undefined;
}

type BeginOptions = ScenarioOptions & { keys: ReturnType<typeof newDevelopmentKeys> };

async function beginStandalone({ servers, folder }: Ground, move: Move, { keys, seed, rate, users, say }: BeginOptions): Promise<void> {
  const mongoUrl = withDatabase(servers.addresses.mongoUrl, DATABASE);
  const standalone = await startStandalone({ mongoUrl, dataDir: join(folder.data, 'standalone'), keys, env: NO_LIMITS });
  move.urls = [standalone.url];
  const load = new Load(folder.history, { urls: () => move.urls, adminKey: keys.adminKey, seed, rate, users });
  move.load = load;
  await load.start();
  await sleep(UNDER_LOAD_MS);
  load.recorder.mark('the standalone server ends');
  move.urls = [];
  await standalone.stop();
  say('The standalone server has ended; a cluster takes over its MongoDB');
}

async function goOn(world: World, move: Move, { rate }: ScenarioOptions): Promise<0 | 1> {
  const { load } = move;
  if (!load) throw new Error('there is no load');
  const { counts } = load.recorder;
  try {
    move.urls = world.urls;
    // They come to serve when the log was adopted, not before.
    const starting = [1, 2].map(() => world.cluster.add('message').catch(() => undefined));
    for (const { process } of world.cluster.of('message')) world.supervisor.holdDown(process);
    await untilStopped(world);
    await expectNoAnswers(counts);
    load.recorder.mark('adopting');
    await Promise.all([adopt(world), ...starting]);
    await new Gauge(counts, rate).well();
    await sleep(UNDER_LOAD_MS);
  } catch (error) {
    await load.abandon();
    throw error;
  }
  return settleAndCheck(world, load, new Map([['standalone-moved', 1]]));
}
