import { randomBytes } from 'node:crypto';
import { Database, syncStorage, type CollectionSpec } from '#storage';
import { testServers } from './servers/server-addresses.js';

export interface TestDatabase extends Database {
  /** Drops the database, then closes the connection. */
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  url?: string;
  /** Emit the driver's command events. */
  monitorCommands?: boolean;
}

/** A database of its own on the test run's MongoDB, with these collections and their indexes; gone when it is closed. */
export async function testDatabase(specs: readonly CollectionSpec[], options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { url = testServers().mongoUrl, ...more } = options;
  const database = new DisposableDatabase({ url, name: `test_${randomBytes(6).toString('hex')}`, appName: 'test', ...more });
  try {
    await syncStorage(database, specs);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

class DisposableDatabase extends Database implements TestDatabase {
  override async close(): Promise<void> {
    await this.db.dropDatabase().finally(() => super.close());
  }
}
