import { join, resolve } from 'node:path';
import { addressesFrom, keptDevelopmentKeys, startCluster, startServers, type Cluster, type Service } from '#testing';
import { welcome } from './welcome.js';

export interface ClusterPlan {
  dataDir: string;
  firstGatewayPort: number;
  mongoMembers: 1 | 3;
  counts: Partial<Record<Service, number>>;
}

/** Starts servers and services, says where they are, and resolves when a signal has ended them all. */
export async function runCluster({ dataDir, firstGatewayPort, mongoMembers, counts }: ClusterPlan): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const stopping = stopSignal();
  const folder = resolve(dataDir);
  const keys = keptDevelopmentKeys(join(folder, 'keys.json'));
  const logDir = join(folder, 'logs');
  say('Starting MongoDB, Kafka and Redis …');
  const servers = await startServers({ given: addressesFrom(process.env), dataDir: folder, mongo: { members: mongoMembers }, say });
  try {
    say('Starting the services …');
    const cluster = await startCluster({ servers: servers.addresses, counts, logDir, firstGatewayPort, keys, say });
    say(welcome({ urls: cluster.urls, adminKey: keys.adminKey, logDir, addresses: servers.addresses }));
    await stopping;
    say('\nStopping …');
    await stopServices(cluster, say);
  } finally {
    await servers.stop();
  }
  say('Stopped.');
}

/** A second Ctrl-C has its usual effect; no server outlives this process then either. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

async function stopServices(cluster: Cluster, say: (line: string) => void): Promise<void> {
  const died = cluster.members.filter(({ process }) => !process.running).map(({ name }) => name);
  if (died.length > 0) say(`Ended before, by themselves: ${died.join(', ')}`);
  await cluster.stop();
}
