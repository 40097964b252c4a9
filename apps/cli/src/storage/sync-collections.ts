import { Database, syncStorage } from '#storage';
import { ALL_COLLECTIONS } from '../../../standalone/src/all.collections.js';

/** An index over much data is built for as long as it takes, not for as long as a command of a service may. */
const BUILD_MS = 24 * 60 * 60 * 1000;

export async function syncCollections(url: string, say: (line: string) => void): Promise<void> {
  const database = new Database({ url, appName: 'hecto-cli', commandTimeoutMs: BUILD_MS });
  try {
    const { created } = await syncStorage(database, ALL_COLLECTIONS);
    for (const name of created) say(`created ${name}`);
    say(`All ${ALL_COLLECTIONS.length} collections are as they should be.`);
  } finally {
    await database.close();
  }
}
