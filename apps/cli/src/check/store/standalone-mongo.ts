import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startMongo } from '#testing';

export interface FoundMongo {
  url: string;
  /** Whether the server that it belongs to runs. */
  running: boolean;
  stop(): Promise<void>;
}

/** The MongoDB in a standalone server's data folder: the one that runs, or, while the server is stopped, one of our own on its data. */
export async function standaloneMongo(dataDir: string): Promise<FoundMongo> {
  const folder = join(dataDir, 'mongo');
  if (!existsSync(folder)) throw new Error(`There is no MongoDB in ${dataDir}: name one by --mongo, or the data folder by --data`);
  const port = await portOfRunning(join(folder, 'member-0', 'mongod.lock'));
  if (port !== undefined) {
    return { url: `mongodb://127.0.0.1:${port}/?directConnection=true`, running: true, stop: () => Promise.resolve() };
  }
  const server = await startMongo({ dataDir: folder });
  return { url: server.url, running: false, stop: () => server.stop() };
}

/** A mongod keeps its process id in its lock file, and has its port in its command line. */
async function portOfRunning(lockFile: string): Promise<string | undefined> {
  const pid = Number(await readFile(lockFile, 'utf8').catch(() => ''));
  if (!(pid > 0)) return undefined;
  const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return /--port (\d+)/.exec(stdout)?.[1];
}
