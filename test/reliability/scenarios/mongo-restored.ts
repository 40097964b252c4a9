import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaLog } from '#bus-kafka';
import { consumerGroup, TOPIC } from '#contracts';
import { waitFor } from '#testing';
import { Gauge } from '../chaos/gauge.js';
import { Load } from '../chaos/load.js';
import { settleAndCheck } from '../chaos/settle-and-check.js';
import { startWorld } from '../world/start-world.js';
import type { World } from '../world/world.js';
import { UNDER_LOAD_MS, type Scenario, type ScenarioOptions } from './scenario.js';

const CAUGHT_UP_WITHIN_MS = 300_000;

/**
 * MongoDB loses what it got since its last backup, and the message processes, stopped meanwhile, bring it back from the log. What no log
 * has, read cursors and groups that changed since, is lost with the backup's age: users do nothing but send here.
 */
export const mongoRestored: Scenario = {
  name: 'mongo-restored',
  play: async (options) => {
    const world = await startWorld({ mongoMembers: 1, brokers: 1, volumes: [], counts: { message: 2, gateway: 2 }, say: options.say });
    return world.during(() => loseAndRestore(world, options), options.keep);
  },
};

async function loseAndRestore(world: World, { seed, rate, users }: ScenarioOptions): Promise<0 | 1> {
  const adminKey = world.cluster.keys.adminKey;
  let urls = world.urls;
  const load = new Load(world.folder.history, { urls: () => urls, adminKey, seed, rate, users, beside: 'nothing' });
  const { recorder } = load;
  try {
    await load.start();
    await sleep(UNDER_LOAD_MS);
    recorder.mark('backup');
    await copyData(world, 'backup');
    await new Gauge(recorder.counts, rate).well();
    await sleep(UNDER_LOAD_MS);
    recorder.mark('restoring');
    // Reads lag until the log is caught up with: nobody reads until then.
    urls = [];
    await Promise.all(world.links.of('clients-gateway').map((link) => link.refuse()));
    await restoreWithoutMessageProcesses(world);
    await untilCaughtUp(world);
    recorder.mark('restored');
    urls = world.urls;
    await world.links.heal();
    await new Gauge(recorder.counts, rate).well();
    await sleep(UNDER_LOAD_MS);
  } catch (error) {
    await load.abandon();
    throw error;
  }
  return settleAndCheck(world, load, new Map([['mongo-restored', 1]]));
}

async function restoreWithoutMessageProcesses(world: World): Promise<void> {
  const processes = world.processes('message');
  for (const process of processes) world.supervisor.holdDown(process);
  await Promise.all(processes.map((process) => process.stop()));
  await copyData(world, 'restore');
  await world.revive(processes);
}

/** A copy of a stopped mongod's folder is the simplest of dumps. */
async function copyData(world: World, what: 'backup' | 'restore'): Promise<void> {
  const [mongod] = world.processes('mongo');
  if (!mongod) throw new Error('there is no mongod');
  const [data, backup] = [join(world.folder.data, 'mongo', 'member-0'), join(world.folder.data, 'backup')];
  world.supervisor.holdDown(mongod);
  await mongod.stop();
  const [from, to] = what === 'backup' ? [data, backup] : [backup, data];
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  await world.revive([mongod]);
}

async function untilCaughtUp({ servers, say }: World): Promise<void> {
  const log = new KafkaLog({ brokers: servers.addresses.kafkaBrokers.split(','), clientId: 'chaos' });
  const began = performance.now();
  try {
    const behind = async () => {
      const ranges = await log.ranges(TOPIC.send, consumerGroup('message', TOPIC.send));
      return ranges.every(({ committed, earliest, latest }) => (committed ?? earliest) === latest) && ranges;
    };
    await waitFor(behind, { withinMs: CAUGHT_UP_WITHIN_MS, what: 'the message processes to catch up', everyMs: 500 });
    say(`Caught up with the log in ${Math.round(performance.now() - began)} ms`);
  } finally {
    await log.close();
  }
}
