// What a fresh clone lacks before it can run: the packages and the build. Plain Node, because nothing is installed yet.
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = [
  'apps',
  'libs',
  'bench',
  'tools',
  'test/reliability',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
/** Written when a build has succeeded; as old as its beginning, so that what is saved meanwhile is built the next time. */
const STAMP = join(root, 'dist', '.built');
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Hecto needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (!isInstalled()) npm('ci');
if (!isBuilt()) build();

/** Whether what npm says it has installed is what the lock file wants; packages for other platforms may be absent. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([folder, { optional }]) => folder !== '' && !optional);
  return wanted.every(([folder, { version }]) => installed[folder]?.version === version);
}

function packagesOf(lockFile) {
  const file = join(root, lockFile);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/** Whether the same source files were built, and none has changed since. */
function isBuilt() {
  if (!existsSync(STAMP)) return false;
  const { began, files } = JSON.parse(readFileSync(STAMP, 'utf8'));
  const found = sources();
  return JSON.stringify(found) === JSON.stringify(files) && found.every((file) => statSync(join(root, file)).mtimeMs < began);
}

function build() {
  const [began, files] = [Date.now(), sources()];
  rmSync(STAMP, { force: true });
  npm('run', '--silent', 'build');
  writeFileSync(STAMP, JSON.stringify({ began, files }));
}

function sources() {
  return SOURCES.flatMap((path) => (statSync(join(root, path)).isDirectory() ? filesIn(path) : [path])).sort();
}

function filesIn(folder) {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

function npm(...args) {
  try {
    execFileSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
