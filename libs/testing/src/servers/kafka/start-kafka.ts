import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from '../data-folder.js';
import { freePort } from '../free-port.js';
import { GuardedProcess } from '../guarded-process.js';
import { runCommand } from '../run-command.js';
import { DEFAULT_CACHE_DIR, type ServerOptions } from '../server-options.js';
import { answers } from '../tcp.js';
import { findKafka, type KafkaProgram } from './kafka-jars.js';
import { serverProperties } from './server-properties.js';

const FORMAT_IDLE_MS = 60_000;
const JVM = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-Djava.awt.headless=true'];

export interface KafkaServer {
  /** `host:port`, as HECTO_KAFKA_BROKERS takes it. */
  brokers: string;
  process: GuardedProcess;
  stop(): Promise<void>;
}

/** A Kafka of one broker on this machine. Data that was kept comes back with its cluster id, so it is the same log. */
export async function startKafka(options: ServerOptions & { port?: number | undefined } = {}): Promise<KafkaServer> {
  const program = await findKafka(options.cacheDir ?? DEFAULT_CACHE_DIR, options.say);
  const folder = openDataFolder('kafka', options.dataDir);
  const port = options.port ?? (await freePort());
  const place = { port, controllerPort: await freePort(), dataDir: join(folder.path, 'log') };
  const properties = join(folder.path, 'server.properties');
  writeFileSync(properties, serverProperties(place));
  const process = new GuardedProcess({
    name: 'kafka',
    command: program.java,
    args: [...JVM, '-cp', program.classpath, 'kafka.Kafka', properties],
    logFile: join(folder.path, 'kafka.log'),
    ready: () => answers(port),
    readyWithinMs: 60_000,
    stopSignal: folder.scratch ? 'SIGKILL' : 'SIGTERM',
    stopWithinMs: 20_000,
    scratch: folder.scratch ? folder.path : undefined,
  });
  const stop = async () => {
    await process.stop();
    folder.dispose();
  };
  try {
    if (!existsSync(join(place.dataDir, 'meta.properties'))) await format(program, properties);
    await process.start();
  } catch (error) {
    folder.dispose();
    throw error;
  }
  return { brokers: `127.0.0.1:${port}`, process, stop };
}

async function format({ java, classpath }: KafkaProgram, properties: string): Promise<void> {
  const clusterId = randomBytes(16).toString('base64url');
  // A short life: the first compiler tier alone, or starting costs twice the work.
  const args = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classpath, 'kafka.tools.StorageTool'];
  await runCommand(java, [...args, 'format', `--cluster-id=${clusterId}`, '--config', properties], { idleMs: FORMAT_IDLE_MS });
}
