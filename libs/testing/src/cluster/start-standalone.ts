import { join } from 'node:path';
import { openDataFolder } from '../servers/data-folder.js';
import { freePort } from '../servers/free-port.js';
import type { GuardedProcess } from '../servers/guarded-process.js';
import { newDevelopmentKeys, type DevelopmentKeys } from './development-keys.js';
import { programProcess } from './program.js';

export interface StandaloneOptions {
  /** With a database of its own in its path. Default: standalone finds a MongoDB and keeps its data in `dataDir`. */
  mongoUrl?: string | undefined;
  /** Kept. Default: a scratch folder that goes with the process. */
  dataDir?: string;
  port?: number;
  keys?: DevelopmentKeys;
  env?: Readonly<Record<string, string>>;
}

export interface Standalone {
  url: string;
  opsUrl: string;
  keys: DevelopmentKeys;
  /** Can be killed and started again on the same port and data. */
  process: GuardedProcess;
  logFile: string;
  stop(): Promise<void>;
}

/** The five services in one process; resolves when it is ready. */
export async function startStandalone(options: StandaloneOptions = {}): Promise<Standalone> {
  const folder = openDataFolder('standalone', options.dataDir);
  const [port, opsPort] = [options.port ?? (await freePort()), await freePort()];
  const keys = options.keys ?? newDevelopmentKeys();
  const logFile = join(folder.path, 'standalone.log');
  const env = {
    ...(options.mongoUrl === undefined ? {} : { HECTO_MONGO_URL: options.mongoUrl }),
    HECTO_DATA_DIR: folder.path,
    HECTO_PORT: String(port),
    HECTO_JWT_KEYS: keys.jwtKeys,
    HECTO_ADMIN_KEYS: keys.adminKey,
    ...options.env,
  };
  const scratch = folder.scratch ? { scratch: folder.path } : {};
  const process = programProcess({ name: 'standalone', program: 'standalone', opsPort, env, logFile, ...scratch });
  const stop = async () => {
    await process.stop();
    folder.dispose();
  };
  await process.start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, opsUrl: `http://127.0.0.1:${opsPort}`, keys, process, logFile, stop };
}
