import { join } from 'node:path';
import { openDataFolder } from '../data-folder.js';
import { firstThatWorks } from '../first-that-works.js';
import { freePort } from '../free-port.js';
import { GuardedProcess } from '../guarded-process.js';
import { requireOnPath } from '../on-path.js';
import type { ServerOptions } from '../server-options.js';
import { answers } from '../tcp.js';

const ADVICE = [
  'What to do, any one of these:',
  '  - set HECTO_REDIS_URL to a Redis that runs, e.g. redis://127.0.0.1:6379',
  '  - install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis)',
].join('\n');

export interface RedisServer {
  url: string;
  process: GuardedProcess;
  stop(): Promise<void>;
}

/** A Redis on this machine that keeps nothing: Hecto stores there only what can be rebuilt. */
export async function startRedis(options: ServerOptions & { port?: number | undefined } = {}): Promise<RedisServer> {
  const find = () => Promise.resolve(requireOnPath('redis-server'));
  const command = await firstThatWorks('Redis server', [{ name: 'redis-server on PATH', find: async () => find() }], ADVICE);
  const folder = openDataFolder('redis', options.dataDir);
  const port = options.port ?? (await freePort());
  const process = new GuardedProcess({
    name: 'redis-server',
    command,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder.path],
    logFile: join(options.logDir ?? folder.path, 'redis.log'),
    ready: () => answers(port),
    readyWithinMs: 10_000,
    scratch: folder.scratch ? folder.path : undefined,
  });
  await process.start().catch((error: unknown) => {
    folder.dispose();
    throw error;
  });
  const stop = async () => {
    await process.stop();
    folder.dispose();
  };
  return { url: `redis://127.0.0.1:${port}`, process, stop };
}
