import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { adminKeyFile } from '#config';

/** Where the server is, and who we are to it. */
export interface Target {
  url: string;
  key: string;
}

interface GlobalFlags {
  url: string;
  key?: string;
  data: string;
}

/** What the global options and the environment say; without a key, the one of a standalone server on this machine. */
export async function targetOf(command: Command): Promise<Target> {
  const { url, key, data } = command.optsWithGlobals<GlobalFlags>();
  return { url: url.replace(/\/+$/, ''), key: key ?? (await keyOfStandalone(data)) };
}

async function keyOfStandalone(dataDir: string): Promise<string> {
  const file = adminKeyFile(dataDir);
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new Error(
      `no admin key: give --key, set HECTO_ADMIN_KEY, or let --data name the folder of a standalone server (there is no ${file})`,
    );
  }
}
