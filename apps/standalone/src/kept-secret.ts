import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The secret in `file`, made at the first call and the same ever after; only its owner can read it. */
export async function keptSecret(file: string, make: () => string): Promise<string> {
  const kept = await read(file);
  if (kept !== undefined) return kept;
  await mkdir(dirname(file), { recursive: true });
  await writeWhole(file, `${make()}\n`);
  const written = await read(file);
  if (written === undefined) throw new Error(`${file} was written and can't be read`);
  return written;
}

async function read(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Appears as a whole or not at all, and never in place of one that another process has just written. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await chmod(draft, 0o600);
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await unlink(draft);
}
