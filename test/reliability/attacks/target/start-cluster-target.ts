import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesFrom, startCluster, startServers, withDatabase, type Cluster, type ClusterOptions, type Servers } from '#testing';
import { dropDatabase } from './database-digest.js';
import { UNLIMITED, type Target } from './start-target.js';

export interface ClusterTarget extends Target {
  brokers: readonly string[];
  cluster: Cluster;
  servers: Servers;
}

/** By default one process of each service, over a Kafka of their own: a database belongs to one log, and this one is spoilt afterwards. */
export async function startClusterTarget(options: Pick<ClusterOptions, 'counts' | 'serviceEnv'> = {}): Promise<ClusterTarget> {
  const { mongoUrl: givenMongo, redisUrl } = addressesFrom(process.env);
  const given = { ...(givenMongo !== undefined && { mongoUrl: givenMongo }), ...(redisUrl !== undefined && { redisUrl }) };
  const servers = await startServers({ given });
  const logDir = mkdtempSync(join(tmpdir(), 'hecto-attacked-'));
  const database = `attacked_${randomBytes(4).toString('hex')}`;
  const env = { ...UNLIMITED, HECTO_LOG_LEVEL: 'warn' };
  const starting = startCluster({ ...options, servers: servers.addresses, database, logDir, env });
  const cluster = await starting.catch(async (error: unknown) => {
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
  const watched = cluster.members.map(({ name, process }) => ({ name, process, logFile: process.spec.logFile }));
  const brokers = servers.addresses.kafkaBrokers.split(',');
  return { url: cluster.urls[0] ?? '', adminKey: cluster.keys.adminKey, mongoUrl, watched, stop, brokers, cluster, servers };
}
