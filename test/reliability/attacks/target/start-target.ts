import { randomBytes } from 'node:crypto';
import { addressesFrom, startMongo, startStandalone, withDatabase } from '#testing';
import { dropDatabase } from './database-digest.js';
import type { Watched } from './process-watch.js';

export interface Target {
  url: string;
  adminKey: string;
  mongoUrl: string;
  watched: readonly Watched[];
  stop(): Promise<void>;
}

/** What is attacked is the system, not its protection against too many requests. */
export const UNLIMITED = {
  HECTO_RATE_SEND: '900000/900000',
  HECTO_RATE_REQUEST: '900000/900000',
  HECTO_RATE_SOCKET: '900000/900000',
  HECTO_QUOTA_REGISTRATION: '900000/60',
  HECTO_QUOTA_LOGIN_ADDRESS: '900000/60',
  HECTO_QUOTA_LOGIN_ACCOUNT: '900000/60',
  HECTO_QUOTA_REFRESH_ADDRESS: '900000/60',
};

/** A standalone server on a database of its own, in the MongoDB that the environment names or in one of its own. */
export async function startStandaloneTarget(): Promise<Target> {
  const given = addressesFrom(process.env).mongoUrl;
  const mongo = given === undefined ? await startMongo() : undefined;
  const mongoUrl = withDatabase(given ?? mongo?.url ?? '', `attacked_${randomBytes(4).toString('hex')}`);
  const standalone = await startStandalone({ mongoUrl, env: { ...UNLIMITED, HECTO_LOG_LEVEL: 'warn' } }).catch(async (error: unknown) => {
    await mongo?.stop();
    throw error;
  });
  const { url, keys, process: server, logFile } = standalone;
  const stop = async () => {
    await standalone.stop();
    if (mongo === undefined) await dropDatabase(mongoUrl);
    await mongo?.stop();
  };
  return { url, adminKey: keys.adminKey, mongoUrl, watched: [{ name: 'standalone', process: server, logFile }], stop };
}
