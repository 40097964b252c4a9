import { MongoClient, type ClientSession, type Collection, type Db, type Document } from 'mongodb';
import type { CollectionSpec } from './collection-spec.js';

export interface DatabaseOptions {
  url: string;
  /** Default: the database that the URL names, else `hecto`. */
  name?: string;
  /** Shown in mongod's logs and `currentOp`. */
  appName: string;
  /** How long an operation waits for a server to be there (ms, default 5,000). */
  serverSelectionTimeoutMs?: number;
}

/** One service's connection to MongoDB: majority writes and reads, journalled. Created without a connection; the driver connects when asked. */
export class Database {
  readonly client: MongoClient;
  readonly db: Db;

  constructor(options: DatabaseOptions) {
    const timeoutMs = options.serverSelectionTimeoutMs ?? 5000;
    this.client = new MongoClient(options.url, {
      appName: options.appName,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      serverSelectionTimeoutMS: timeoutMs,
      ignoreUndefined: true,
      monitorCommands: true,
    });
    this.db = this.client.db(options.name ?? databaseNameOf(options.url));
  }

  collection<D extends Document>(spec: CollectionSpec<D>): Collection<D> {
    return this.db.collection<D>(spec.name);
  }

  /** Runs `work` in one transaction, again as a whole when MongoDB says so (a write conflict, an election); hand the session to every call. */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    return this.client.withSession((session) => session.withTransaction(() => work(session)));
  }

  async ping(timeoutMs: number): Promise<boolean> {
    return this.db.command({ ping: 1 }, { timeoutMS: timeoutMs }).then(
      () => true,
      () => false,
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

function databaseNameOf(url: string): string {
  const path = new URL(url).pathname.slice(1);
  return path === '' ? 'hecto' : path;
}
