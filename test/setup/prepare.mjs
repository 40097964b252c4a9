// What a fresh clone lacks before it can run: the packages and the build. Plain Node, because nothing is installed yet.
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import { existsSync, statSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Hecto needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
if (isOlder('node_modules/.package-lock.json', 'package-lock.json')) npm('ci');
npm('run', '--silent', 'build');

function isOlder(installed, wanted) {
  const file = (name) => `${root}/${name}`;
  return !existsSync(file(installed)) || statSync(file(installed)).mtimeMs < statSync(file(wanted)).mtimeMs;
}

function npm(...args) {
  try {
    // Quiet unless it fails, for `npm start` is read by a person; npm and tsc say by themselves what is wrong.
    execFileSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
