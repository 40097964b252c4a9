// Both shapes of Hecto, once for the whole run: the tests find them in the environment.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { URL } from 'node:url';
import { setUpServers } from './servers.mjs';

const BUILT = new URL('../../dist/libs/testing/src/index.js', import.meta.url);
/** Tests send faster than a person does. */
const ENV = { HECTO_RATE_SEND: '1000/5000', HECTO_RATE_REQUEST: '1000/5000', HECTO_RATE_SOCKET: '1000/5000' };

export default async function setUp() {
  await setUpServers();
  const { startCluster, startStandalone, testServers, withDatabase } = await import(BUILT.href);
  const servers = testServers();
  const logDir = mkdtempSync(join(tmpdir(), 'hecto-e2e-'));
  const database = `e2e_${process.pid}`;
  const cluster = await startCluster({ servers, database, logDir, counts: { gateway: 2, message: 2 }, env: ENV });
  const standaloneMongo = withDatabase(servers.mongoUrl, `${database}_standalone`);
  const standalone = await startStandalone({ mongoUrl: standaloneMongo, env: ENV });
  globalThis.hectoShapes = [cluster, standalone];
  process.env.HECTO_E2E_CLUSTER = JSON.stringify({
    urls: cluster.urls,
    ...cluster.keys,
    mongoUrl: withDatabase(servers.mongoUrl, database),
    brokers: servers.kafkaBrokers,
  });
  process.env.HECTO_E2E_STANDALONE = JSON.stringify({ urls: [standalone.url], ...standalone.keys, mongoUrl: standaloneMongo });
}
