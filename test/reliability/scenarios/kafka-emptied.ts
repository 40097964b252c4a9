import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge } from '../chaos/gauge.js';
import { Load } from '../chaos/load.js';
import { settleAndCheck } from '../chaos/settle-and-check.js';
import { startWorld } from '../world/start-world.js';
import type { World } from '../world/world.js';
import { adopt, expectNoAnswers, hecto, untilStopped } from './adopting.js';
import { UNDER_LOAD_MS, type Scenario, type ScenarioOptions } from './scenario.js';

/** Kafka loses its disk under load: every partition stops and says why, until somebody has adopted the new, empty log. */
export const kafkaEmptied: Scenario = {
  name: 'kafka-emptied',
  play: async (options) => {
    const world = await startWorld({ mongoMembers: 1, brokers: 1, volumes: [], counts: { message: 2, gateway: 2 }, say: options.say });
    return world.during(() => lose(world, options), options.keep);
  },
};

async function lose(world: World, { seed, rate, users }: ScenarioOptions): Promise<0 | 1> {
  const load = new Load(world.folder.history, { urls: () => world.urls, adminKey: world.cluster.keys.adminKey, seed, rate, users });
  const { counts } = load.recorder;
  try {
    await load.start();
    await sleep(UNDER_LOAD_MS);
    load.recorder.mark('Kafka loses its data');
    await replaceLog(world);
    await untilStopped(world);
    await expectNoAnswers(counts);
    load.recorder.mark('adopting');
    await adopt(world);
    await new Gauge(counts, rate).well();
    await sleep(UNDER_LOAD_MS);
  } catch (error) {
    await load.abandon();
    throw error;
  }
  return settleAndCheck(world, load, new Map([['kafka-emptied', 1]]));
}

async function replaceLog(world: World): Promise<void> {
  const brokers = world.processes('kafka');
  await Promise.all(brokers.map((broker) => world.kill(broker)));
  await world.servers.kafka?.reformat();
  await world.revive(brokers);
  world.say(`Kafka is empty. ${await hecto(world, 'topics', 'sync')}`);
}
