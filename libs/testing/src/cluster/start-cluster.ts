import { runCommand } from '../servers/run-command.js';
import { Cluster } from './cluster.js';
import { SERVICES, type ClusterOptions } from './cluster-options.js';
import { mainOf } from './program.js';

const SYNC_IDLE_MS = 60_000;

/** Creates topics and collections where they are missing, then starts every process; resolves when all are ready. When one fails, none stays. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const cluster = new Cluster(options);
  try {
    await sync(cluster.env);
    await Promise.all(SERVICES.flatMap((service) => Array.from({ length: options.counts?.[service] ?? 1 }, () => cluster.add(service))));
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** As an operator does before the first start, and after every update. */
async function sync(env: Readonly<Record<string, string>>): Promise<void> {
  for (const what of ['topics', 'storage']) {
    await runCommand(process.execPath, [mainOf('cli'), what, 'sync'], { env, idleMs: SYNC_IDLE_MS });
  }
}
