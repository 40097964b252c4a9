import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder, type DataFolder } from '../data-folder.js';
import { freePort } from '../free-port.js';
import { GuardedProcess } from '../guarded-process.js';
import { runCommand } from '../run-command.js';
import { DEFAULT_CACHE_DIR, type ServerOptions } from '../server-options.js';
import { answers } from '../tcp.js';
import { findKafka, type KafkaProgram } from './kafka-jars.js';
import { serverProperties, type KafkaDoor, type KafkaPlace } from './server-properties.js';

const PEERS = 'peers';
const FORMAT_IDLE_MS = 60_000;
/** The first compiler tier alone: on two cores, the second takes longer to pay for itself than a test or a try lasts. */
const JVM = ['-Xms128m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Djava.awt.headless=true'];
const LOG = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
];

export interface KafkaOptions extends ServerOptions {
  /** Of the first broker. Default: a free one. */
  port?: number | undefined;
  /** Default 1. With three, every record is there three times, and an append waits for two. */
  brokers?: 1 | 3;
  /** Ways in for clients that come through a proxy: given a broker's port, resolves with the port that they are told to use. */
  doors?: Readonly<Record<string, (port: number, broker: number) => Promise<number>>>;
  /** The ways by which brokers and controllers find each other: given a port where one listens, resolves with the port that leads there. */
  peers?: ((port: number) => Promise<number>) | undefined;
}

export interface KafkaServer {
  /** `host:port,…`, as HECTO_KAFKA_BROKERS takes it. */
  brokers: string;
  /** The same for each door. */
  doors: Readonly<Record<string, string>>;
  /** The brokers; each can be killed and started again on its ports and data. */
  members: readonly GuardedProcess[];
  /** The first of them. */
  process: GuardedProcess;
  /** Deletes everything that the brokers have, who must not run; they are another, empty log when they start again. */
  reformat(): Promise<void>;
  stop(): Promise<void>;
}

/** A Kafka on this machine. Data that was kept comes back with its cluster id, so it is the same log. */
export async function startKafka(options: KafkaOptions = {}): Promise<KafkaServer> {
  const program = await findKafka(options.cacheDir ?? DEFAULT_CACHE_DIR, options.say);
  const folder = openDataFolder('kafka', options.dataDir);
  const places = await choosePlaces(folder.path, options);
  const properties = places.map((place) => writeProperties(place, places));
  const members = places.map((place, index) =>
    broker(program, place, { folder, properties: properties[index] ?? '', logDir: options.logDir }),
  );
  const stop = async () => {
    await Promise.all(members.map((member) => member.stop()));
    folder.dispose();
  };
  const reformat = async () => {
    for (const { dataDir } of places) rmSync(dataDir, { recursive: true, force: true });
    await format(program, properties);
  };
  try {
    if (places.some(({ dataDir }) => !existsSync(join(dataDir, 'meta.properties')))) await format(program, properties);
    await Promise.all(members.map((member) => member.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  const doors = Object.fromEntries(
    Object.keys(options.doors ?? {}).map((name) => [name, addresses(places.map((place) => doorOf(place, name).advertisedPort))]),
  );
  return { brokers: addresses(places.map(({ port }) => port)), doors, members, process: first(members), reformat, stop };
}

async function choosePlaces(path: string, { port, brokers = 1, doors = {}, peers }: KafkaOptions): Promise<KafkaPlace[]> {
  const lead = peers ?? ((own: number) => Promise.resolve(own));
  const everyDoor = peers ? { ...doors, [PEERS]: lead } : doors;
  const places: KafkaPlace[] = [];
  for (let nodeId = 1; nodeId <= brokers; nodeId++) {
    const folder = brokers === 1 ? path : join(path, `broker-${nodeId}`);
    const controllerPort = await freePort();
    const place = { nodeId, port: (nodeId === 1 && port) || (await freePort()), controllerPort, voterPort: await lead(controllerPort) };
    const ways = Object.entries(everyDoor).map(async ([name, open]): Promise<KafkaDoor> => {
      const target = await freePort();
      return { name: listenerName(name), port: target, advertisedPort: await open(target, nodeId) };
    });
    const replication = peers ? listenerName(PEERS) : undefined;
    places.push({ ...place, dataDir: join(folder, 'log'), doors: await Promise.all(ways), replication });
  }
  return places;
}

function writeProperties(place: KafkaPlace, places: readonly KafkaPlace[]): string {
  const folder = join(place.dataDir, '..');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.properties');
  writeFileSync(file, serverProperties(place, places));
  return file;
}

function broker(
  program: KafkaProgram,
  { nodeId, port, dataDir }: KafkaPlace,
  { folder, properties, logDir }: { folder: DataFolder; properties: string; logDir: string | undefined },
): GuardedProcess {
  const name = nodeId === 1 ? 'kafka' : `kafka-${nodeId}`;
  return new GuardedProcess({
    name,
    command: program.java,
    args: [...JVM, ...LOG, '-cp', program.classpath, 'kafka.Kafka', properties],
    logFile: logDir === undefined ? join(dataDir, '..', 'kafka.log') : join(logDir, `${name}.log`),
    ready: () => answers(port),
    readyWithinMs: 60_000,
    stopSignal: folder.scratch ? 'SIGKILL' : 'SIGTERM',
    stopWithinMs: 20_000,
    scratch: folder.scratch ? folder.path : undefined,
  });
}

/** All of one cluster, under a new id. */
async function format({ java, classpath }: KafkaProgram, properties: readonly string[]): Promise<void> {
  const clusterId = randomBytes(16).toString('base64url');
  // A short life: the first compiler tier alone, or starting costs twice the work.
  const args = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classpath, 'kafka.tools.StorageTool'];
  for (const file of properties) {
    await runCommand(java, [...args, 'format', `--cluster-id=${clusterId}`, '--config', file], { idleMs: FORMAT_IDLE_MS });
  }
}

function addresses(ports: readonly number[]): string {
  return ports.map((port) => `127.0.0.1:${port}`).join(',');
}

function listenerName(door: string): string {
  return door.toUpperCase();
}

function doorOf({ doors }: KafkaPlace, name: string): KafkaDoor {
  const door = doors.find((each) => each.name === listenerName(name));
  if (!door) throw new Error(`no door named ${name}`);
  return door;
}

function first(members: readonly GuardedProcess[]): GuardedProcess {
  const [member] = members;
  if (!member) throw new Error('a Kafka without brokers');
  return member;
}
