import { join } from 'node:path';
import {
  SERVICES,
  startCluster,
  startServers,
  withDatabase,
  type Cluster,
  type DevelopmentKeys,
  type Servers,
  type Service,
} from '#testing';
import { Links, type Members, type Server } from './links.js';
import { RunFolder } from './run-folder.js';
import { Supervisor } from './supervisor.js';
import { Volume } from './volume.js';
import { World } from './world.js';

export interface WorldOptions {
  mongoMembers: 1 | 3;
  brokers: 1 | 3;
  /** Servers whose disk can be full. */
  volumes: readonly Server[];
  counts: Partial<Record<Service, number>>;
  keys?: DevelopmentKeys;
  /** When the servers run, and nothing else does. */
  beforeCluster?: (ground: Ground) => Promise<void>;
  say: (line: string) => void;
}

/** What a cluster stands on. */
export interface Ground {
  folder: RunFolder;
  links: Links;
  servers: Servers;
}

export const DATABASE = 'hecto';
/** What is tested is the system, not its protection. */
export const NO_LIMITS = {
  HECTO_RATE_SEND: '1000/5000',
  HECTO_RATE_REQUEST: '1000/5000',
  HECTO_RATE_SOCKET: '1000/5000',
  HECTO_LOG_LEVEL: 'warn',
};

/** Servers and a cluster of its own, every two parts of it connected by a link that can fail. When one can't be had, none stays. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const folder = new RunFolder();
  options.say(`Logs, history and data of this run are in ${folder.path}`);
  const volumes: Partial<Record<Server, Volume>> = {};
  for (const server of options.volumes) volumes[server] = await Volume.mount(join(folder.data, server));
  const links = new Links();
  const servers = await startRunServers(options, folder, links);
  try {
    await options.beforeCluster?.({ folder, links, servers });
    const cluster = await startRunCluster(options, { folder, links, servers });
    const supervisor = new Supervisor(cluster, options.say);
    return new World({ folder, servers, cluster, links, volumes, supervisor, say: options.say });
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

function startRunServers({ mongoMembers, brokers }: WorldOptions, folder: RunFolder, links: Links): Promise<Servers> {
  const door = (service: Service) => async (port: number) => (await links.open(`${service}-kafka`, port)).port;
  const peers = (server: Members) => async (port: number) => (await links.open(`${server}-members`, port)).port;
  return startServers({
    dataDir: folder.data,
    logDir: folder.logs,
    mongo: { members: mongoMembers, peers: mongoMembers === 3 ? peers('mongo') : undefined },
    kafka: {
      brokers,
      doors: Object.fromEntries(SERVICES.map((service) => [service, door(service)])),
      peers: brokers === 3 ? peers('kafka') : undefined,
    },
  });
}

async function startRunCluster({ counts, keys }: WorldOptions, { folder, links, servers }: Ground): Promise<Cluster> {
  const serviceEnv: Partial<Record<Service, Record<string, string>>> = {};
  for (const service of SERVICES) serviceEnv[service] = await linkedServers(service, links, servers);
  const cluster = await startCluster({
    servers: servers.addresses,
    database: DATABASE,
    logDir: folder.logs,
    counts,
    env: NO_LIMITS,
    ...(keys && { keys }),
    serviceEnv,
  });
  for (const { url } of cluster.of('gateway')) await links.open('clients-gateway', Number(new URL(url ?? '').port));
  return cluster;
}

/** Where a service finds its servers: behind its own links. */
async function linkedServers(service: Service, links: Links, { addresses, mongo, kafka }: Servers): Promise<Record<string, string>> {
  const brokers = { HECTO_KAFKA_BROKERS: kafka?.doors[service] ?? addresses.kafkaBrokers };
  if (service === 'gateway') {
    const link = await links.open('gateway-redis', Number(new URL(addresses.redisUrl).port));
    return { ...brokers, HECTO_REDIS_URL: `redis://127.0.0.1:${link.port}` };
  }
  const mongoUrl = await links.openToMongo(service, addresses.mongoUrl, mongo ?? { ports: [], knownPorts: [] });
  return { ...brokers, HECTO_MONGO_URL: withDatabase(mongoUrl, DATABASE) };
}
