import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { startCluster, startServers, type Cluster, type Servers } from '#testing';
import { OneToOne } from './one-to-one.js';
import { ProcessSampler } from './process-sampler.js';
import { renderStep } from './report.js';

interface Options {
  rates: string;
  seconds: string;
  users: string;
  message: string;
  gateway: string;
}

const WARM_UP = { rate: 200, seconds: 5 };
const BETWEEN_STEPS_MS = 2000;
/** What is measured is the system, not its protection. */
const UNLIMITED = { HECTO_RATE_SEND: '100000/100000', HECTO_RATE_REQUEST: '100000/100000', HECTO_RATE_SOCKET: '100000/100000' };

const program = new Command('bench')
  .description('One-to-one messages through a cluster of its own, sent at fixed rates; latency counts from the intended time of the send.')
  .option('--rates <list>', 'sends a second, one step each', '300,1000')
  .option('--seconds <n>', 'length of a step', '20')
  .option('--users <n>', 'sockets, in pairs that write to one another', '1000')
  .option('--message <n>', 'message processes', '1')
  .option('--gateway <n>', 'gateway processes', '1');
program.parse();
const options = program.opts<Options>();

const logDir = mkdtempSync(join(tmpdir(), 'hecto-bench-'));
const servers = await startServers();
const counts = { message: Number(options.message), gateway: Number(options.gateway) };
const cluster = await startCluster({ servers: servers.addresses, logDir, counts, env: { ...UNLIMITED, HECTO_LOG_LEVEL: 'warn' } });
try {
  await run(cluster, servers);
} finally {
  await cluster.stop();
  await servers.stop();
}

async function run({ urls, keys, members }: Cluster, { mongo, kafka }: Servers): Promise<void> {
  console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${options.users} sockets, logs in ${logDir}\n`);
  const load = new OneToOne({ gateways: urls, adminKey: keys.adminKey }, Number(options.users), Date.now().toString(36));
  await load.open();
  await load.measure(WARM_UP.rate, WARM_UP.seconds, 'warm-up');
  const pids = {
    ...Object.fromEntries(members.map(({ name, process: { pid } }) => [name, pid])),
    ...(mongo?.members[0] && { mongod: mongo.members[0].pid }),
    ...(kafka && { kafka: kafka.process.pid }),
    'the generator': process.pid,
  };
  for (const rate of options.rates.split(',').map(Number)) {
    await sleep(BETWEEN_STEPS_MS);
    const sampler = new ProcessSampler(pids);
    const step = await load.measure(rate, Number(options.seconds), String(rate));
    console.log(renderStep(step, sampler.stop()));
  }
  load.close();
}
