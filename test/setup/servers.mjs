// Plain JavaScript over the build: Jest maps no module names here. A project's set-up runs once for each project that has tests.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';

const BUILT = new URL('../../dist/libs/testing/src/index.js', import.meta.url);
const state = (globalThis.hectoTestRun ??= { users: 0, servers: undefined });

/** Starts the servers that the environment does not name, and names them there for the tests. */
export async function setUpServers() {
  state.users += 1;
  if (state.servers !== undefined) return;
  if (!existsSync(BUILT)) throw new Error('Nothing is built yet: run `npm run build` first');
  const { addressesAsEnv, addressesFrom, startServers } = await import(BUILT.href);
  state.servers = await startServers({ given: addressesFrom(process.env), say: (line) => process.stderr.write(`${line}\n`) });
  Object.assign(process.env, addressesAsEnv(state.servers.addresses));
}

/** The last project to end stops what was started. */
export async function tearDownServers() {
  state.users -= 1;
  if (state.users > 0) return;
  await state.servers?.stop();
  state.servers = undefined;
}
