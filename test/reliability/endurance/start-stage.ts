import type { Service } from '#testing';
import { Backend } from '../client/backend.js';
import { HttpClient } from '../client/http-client.js';
import { startClusterTarget, type ClusterTarget } from '../attacks/target/start-cluster-target.js';
import { MemoryWatch } from './measure/memory-watch.js';
import type { EnduranceOptions } from './report.js';

/** A cluster of its own, and what looks at it and calls it. */
export interface Stage {
  target: ClusterTarget;
  backend: Backend;
  memory: MemoryWatch;
  urls: readonly string[];
  seed: number;
}

export interface StageOptions extends Pick<EnduranceOptions, 'message' | 'gateway' | 'seed' | 'say'> {
  serviceEnv?: Partial<Record<Service, Readonly<Record<string, string>>>>;
}

/** The whole life of a run. */
export async function onStage<T>(options: StageOptions, run: (stage: Stage) => Promise<T>): Promise<T> {
  const { message, gateway, serviceEnv, seed, say } = options;
  const target = await startClusterTarget({ counts: { message, gateway }, ...(serviceEnv && { serviceEnv }) });
  const http = new HttpClient();
  const { urls, keys } = target.cluster;
  const memory = new MemoryWatch(() => pidsOf(target));
  say('the cluster is ready');
  try {
    return await run({ target, backend: new Backend(() => urls, keys.adminKey, http), memory, urls, seed });
  } finally {
    memory.stop();
    http.close();
    await target.stop();
  }
}

/** Of every process that runs now, by its name. */
function pidsOf({ cluster, servers }: ClusterTarget): Record<string, number> {
  const { mongo, kafka, redis } = servers;
  const processes = [...cluster.members.map(({ process }) => process), ...(mongo?.members ?? []), ...(kafka?.members ?? [])];
  if (redis) processes.push(redis.process);
  const running = processes.filter((process) => process.running).map((process) => [process.name, process.pid] as const);
  return { ...Object.fromEntries(running), 'the clients': process.pid };
}
