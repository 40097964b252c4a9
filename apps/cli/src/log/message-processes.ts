import { MongoServerError } from 'mongodb';
import type { Database } from '#storage';

const UNAUTHORIZED = 13;
/** The only one that $currentOp takes. */
const OPTIONS = { readConcern: { level: 'local' } } as const;
const APP_NAMES = /^hecto-(message|standalone)$/;

/**
 * The clients of the MongoDB that may be message processes, by the name that each driver gives at connecting. Empty also when we may
 * not see others' connections; then stopping them is the operator's word.
 */
export async function messageProcesses(database: Database): Promise<string[]> {
  try {
    const pipeline = [{ $currentOp: { allUsers: true, idleConnections: true } }, { $match: { appName: APP_NAMES } }];
    const found = await database.client.db('admin').aggregate<{ appName: string; client?: string }>(pipeline, OPTIONS).toArray();
    return [...new Set(found.map(({ appName, client = '?' }) => `${appName} at ${client.replace(/:\d+$/, '')}`))];
  } catch (error) {
    if (error instanceof MongoServerError && error.code === UNAUTHORIZED) return [];
    throw error;
  }
}
