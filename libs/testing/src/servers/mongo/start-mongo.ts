import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../wait-for.js';
import { DEFAULT_CACHE_DIR, type ServerOptions } from '../server-options.js';
import { openDataFolder, type DataFolder } from '../data-folder.js';
import { freePort } from '../free-port.js';
import { GuardedProcess } from '../guarded-process.js';
import { answers } from '../tcp.js';
import { findMongod } from './find-mongod.js';
import { formReplicaSet, REPLICA_SET, replicaSetUrl } from './replica-set.js';

export interface MongoOptions extends ServerOptions {
  /** Of the first member; the others get the ports after it. Default: free ones. */
  port?: number | undefined;
  /** Default 1. */
  members?: 1 | 3;
  /** The way to a member that its set knows, and tells clients: given the port where it listens, resolves with the one that leads there. */
  peers?: ((port: number) => Promise<number>) | undefined;
}

export interface MongoServer {
  /** With the replica set's name and every member. */
  url: string;
  /** Each can be killed and started again on its port and data. */
  members: readonly GuardedProcess[];
  /** Where the members listen, in the same order. */
  ports: readonly number[];
  /** The ports that the set knows them by; others when `peers` led there. */
  knownPorts: readonly number[];
  stop(): Promise<void>;
}

/** A MongoDB replica set on this machine, from wherever a mongod can be had. */
export async function startMongo(options: MongoOptions = {}): Promise<MongoServer> {
  const mongod = await findMongod(options.cacheDir ?? DEFAULT_CACHE_DIR, options.say);
  const folder = openDataFolder('mongo', options.dataDir);
  const ports = await choosePorts(options.members ?? 1, options.port);
  const knownPorts: number[] = [];
  for (const port of ports) knownPorts.push((await options.peers?.(port)) ?? port);
  const members = ports.map((port, index) => member(mongod, folder, { port, index, logDir: options.logDir ?? folder.path }));
  const stop = async () => {
    await Promise.all(members.map((each) => each.stop()));
    folder.dispose();
  };
  try {
    await Promise.all(members.map((each, index) => startMember(each, join(folder.path, `member-${index}`))));
    await formReplicaSet(ports[0] ?? 0, knownPorts);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: replicaSetUrl(knownPorts), members, ports, knownPorts, stop };
}

async function choosePorts(count: number, first: number | undefined): Promise<number[]> {
  const ports = new Set<number>();
  if (first !== undefined) for (let index = 0; index < count; index++) ports.add(first + index);
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

function member(
  mongod: string,
  folder: DataFolder,
  { port, index, logDir }: { port: number; index: number; logDir: string },
): GuardedProcess {
  const dataDir = join(folder.path, `member-${index}`);
  mkdirSync(dataDir, { recursive: true });
  const settings = [
    'diagnosticDataCollectionEnabled=false',
    // How long a primary waits for its secondaries at SIGTERM; the default is 15 s, also when it has none.
    // mongod keeps what a killed process had open in a transaction locked for this long (default: a minute). Ours take well under a second.
    'transactionLifetimeLimitSeconds=5',
    'shutdownTimeoutMillisForSignaledShutdown=1000',
  ];
  return new GuardedProcess({
    name: `mongod ${index}`,
    command: mongod,
    args: [
      ...['--dbpath', dataDir, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', REPLICA_SET],
      ...['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket', '--quiet'],
      ...settings.flatMap((setting) => ['--setParameter', setting]),
    ],
    logFile: join(logDir, `mongod-${index}.log`),
    ready: () => answers(port),
    readyWithinMs: 30_000,
    stopSignal: folder.scratch ? 'SIGKILL' : 'SIGTERM',
    stopWithinMs: 15_000,
    scratch: folder.scratch ? folder.path : undefined,
  });
}

/** After a `kill -9` of the process that used this data, its mongod may be dying still: it holds the lock for that long. */
async function startMember(process: GuardedProcess, dataDir: string): Promise<void> {
  await waitFor(() => !lockIsHeld(dataDir), { withinMs: 5000, what: 'the last mongod on this data to end' }).catch(() => undefined);
  await process.start();
}

function lockIsHeld(dataDir: string): boolean {
  const lock = join(dataDir, 'mongod.lock');
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  return pid > 0 && existsSync(`/proc/${pid}`);
}
