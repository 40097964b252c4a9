// What a fresh clone lacks before it can run: the packages and the build. Plain Node, because nothing is installed yet.
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Hecto needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (!isInstalled()) npm('ci');
npm('run', '--silent', 'build');

/** Whether what npm says it has installed is what the lock file wants; packages for other platforms may be absent. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([folder, { optional }]) => folder !== '' && !optional);
  return wanted.every(([folder, { version }]) => installed[folder]?.version === version);
}

function packagesOf(lockFile) {
  const file = `${root}/${lockFile}`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

function npm(...args) {
  try {
    execFileSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
