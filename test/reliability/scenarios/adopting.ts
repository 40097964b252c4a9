import { setTimeout as sleep } from 'node:timers/promises';
import { mainOf, runCommand, waitFor, withDatabase } from '#testing';
import type { RunCounts } from '../history/run-counts.js';
import { DATABASE } from '../world/start-world.js';
import type { World } from '../world/world.js';

const STOPPED_WITHIN_MS = 120_000;
const STAYS_STOPPED_MS = 10_000;
const IDLE_MS = 60_000;

/** Resolves when every message process says that its partitions are stopped, why, and what to do. */
export async function untilStopped(world: World): Promise<void> {
  const says = /partition \d+ is stopped: the progress belongs to log \S+, this is log [^;]+; [^;"]*`hecto log adopt`/;
  for (const { name, opsUrl } of world.cluster.of('message')) {
    const look = async () => says.exec(await (await fetch(`${opsUrl}/health/ready`)).text())?.[0];
    const said = await waitFor(look, { withinMs: STOPPED_WITHIN_MS, what: `${name} to say that its partitions are stopped`, everyMs: 250 });
    world.say(`${name}: ${said}`);
  }
}

/** While the partitions are stopped, nobody is told that his message was stored. */
export async function expectNoAnswers(counts: RunCounts): Promise<void> {
  const before = counts.sendsOk;
  await sleep(STAYS_STOPPED_MS);
  if (counts.sendsOk !== before) throw new Error(`${counts.sendsOk - before} sends were answered though every partition is stopped`);
}

/** As the message says: stops the message processes, adopts the log that is here now, starts them. */
export async function adopt(world: World): Promise<void> {
  const members = world.cluster.of('message');
  for (const { process } of members) world.supervisor.holdDown(process);
  await Promise.all(members.map(({ process }) => process.stop()));
  world.say(await hecto(world, 'log', 'adopt', '--yes'));
  await world.revive(members.map(({ process }) => process));
}

/** `hecto` beside the servers, without a proxy in between. */
export async function hecto({ servers: { addresses } }: World, ...args: string[]): Promise<string> {
  const env = { HECTO_MONGO_URL: withDatabase(addresses.mongoUrl, DATABASE), HECTO_KAFKA_BROKERS: addresses.kafkaBrokers };
  return (await runCommand(process.execPath, [mainOf('cli'), ...args], { env, idleMs: IDLE_MS })).trim();
}
