import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesFrom, startCluster, startServers, withDatabase } from '#testing';
import { dropDatabase } from '../target/database-digest.js';
import { UNLIMITED, type Target } from '../target/start-target.js';

export type ClusterTarget = Target & { brokers: readonly string[] };

/** One process of each service over a Kafka of their own (a database belongs to one log, and this one is spoilt afterwards). */
export async function startClusterTarget(): Promise<ClusterTarget> {
  const { mongoUrl: givenMongo, redisUrl } = addressesFrom(process.env);
  const given = { ...(givenMongo !== undefined && { mongoUrl: givenMongo }), ...(redisUrl !== undefined && { redisUrl }) };
  const servers = await startServers({ given });
  const logDir = mkdtempSync(join(tmpdir(), 'hecto-bus-attack-'));
  const database = `attacked_${randomBytes(4).toString('hex')}`;
  const env = { ...UNLIMITED, HECTO_LOG_LEVEL: 'warn' };
  const cluster = await startCluster({ servers: servers.addresses, database, logDir, env }).catch(async (error: unknown) => {
    await servers.stop();
    throw error;
  });
  const mongoUrl = withDatabase(servers.addresses.mongoUrl, database);
  const stop = async () => {
    await cluster.stop();
    await dropDatabase(mongoUrl);
    await servers.stop();
    rmSync(logDir, { recursive: true, force: true });
  };
  const watched = cluster.members.map(({ name, process }) => ({ name, process, logFile: join(logDir, `${name}.log`) }));
  const brokers = servers.addresses.kafkaBrokers.split(',');
  return { url: cluster.urls[0] ?? '', adminKey: cluster.keys.adminKey, mongoUrl, watched, stop, brokers };
}
