import { join } from 'node:path';
import type { SettingsOf } from '#config';
import { EmbeddedLog } from '#bus';
import { TOPICS } from '#contracts';
import type { Telemetry } from '#observability';
import { Database, syncStorage } from '#storage';
import { startMongo } from '#testing';
import { ALL_COLLECTIONS } from './all.collections.js';

export interface StandaloneServers {
  log: EmbeddedLog;
  database: Database;
  close(): Promise<void>;
}

/** The log in the data folder, and the MongoDB that is named or one of our own beside it; topics and collections as they should be. */
export async function openServers(
  { dataDir, mongoUrl }: SettingsOf<'standalone'>,
  { logger }: Telemetry,
  say: (line: string) => void,
): Promise<StandaloneServers> {
  const log = await openLog(join(dataDir, 'log'), logger);
  const mongo = mongoUrl === undefined ? await startMongo({ dataDir: join(dataDir, 'mongo'), say }) : undefined;
  const database = new Database({ url: mongoUrl ?? mongo?.url ?? '', appName: 'hecto-standalone' });
  const close = async () => {
    await log.close();
    await database.close();
    await mongo?.stop();
  };
  try {
    await log.createTopics(TOPICS);
    await syncStorage(database, ALL_COLLECTIONS);
  } catch (error) {
    await close();
    throw error;
  }
  return { log, database, close };
}

/** Everyone who asked something before lived in the process that this one succeeds, and has ended with it. */
const FORGOTTEN = TOPICS.filter(({ endsWithAskers }) => endsWithAskers).map(({ name }) => name);

async function openLog(location: string, logger: Telemetry['logger']): Promise<EmbeddedLog> {
  try {
    return await EmbeddedLog.open({ location, forgets: FORGOTTEN, report: (what, error) => logger.warn({ err: error }, what) });
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new Error(`The log in ${location} can't be opened: ${why}. Does another standalone server run on this data?`, { cause });
  }
}
