import os from 'node:os';
import { MongoClient, type ClientSession, type Collection, type Db, type Document } from 'mongodb';
import { boundedTransaction } from './bounded-transaction.js';
import type { CollectionSpec } from './collection-spec.js';
import './connection-write.patch.js';
import { ReadBarrier } from './read-barrier.js';
import { mappingStorageErrors } from './storage-errors.js';

export interface DatabaseOptions {
  url: string;
  /** Default: the database that the URL names, else `hecto`. */
  name?: string;
  /** Shown in mongod's logs and `currentOp`. */
  appName: string;
  /** How long an operation waits for a server to be there (ms, default 5,000). */
  serverSelectionTimeoutMs?: number;
  /** How long a command may take once it was sent (ms, default 10,000). Longer only for what builds indexes. */
  commandTimeoutMs?: number;
  /** After how long a transaction is not tried again (ms, default 5,000). */
  transactionTimeoutMs?: number;
  /** Emit the driver's command events; they cost a little on every command, so only tests and diagnosis want them. */
  monitorCommands?: boolean;
}

const DEFAULT_WAIT_MS = 5000;
const DEFAULT_COMMAND_MS = 10_000;

/** One service's connection to MongoDB: majority writes and reads, journalled. Created without a connection; the driver connects when asked. */
export class Database {
  readonly client: MongoClient;
  readonly db: Db;
  /** Reads of `collection` that began after it was passed see what was committed before. */
  readonly readBarrier: ReadBarrier;
  private readonly transactionTimeoutMs: number;

  constructor(options: DatabaseOptions) {
    const waitMs = options.serverSelectionTimeoutMs ?? DEFAULT_WAIT_MS;
    this.client = new MongoClient(options.url, {
      appName: options.appName,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      // The driver's `timeoutMS` has had no effect since 7.9, so each wait is bounded by its own option.
      serverSelectionTimeoutMS: waitMs,
      connectTimeoutMS: waitMs,
      waitQueueTimeoutMS: waitMs,
      socketTimeoutMS: options.commandTimeoutMs ?? DEFAULT_COMMAND_MS,
      // Handed in, else the driver loads it by a dynamic import, which fails where modules run as CommonJS in a sandbox (Jest).
      runtimeAdapters: { os },
      ignoreUndefined: true,
      monitorCommands: options.monitorCommands ?? false,
    });
    this.db = this.client.db(options.name ?? databaseNameOf(options.url));
    this.readBarrier = new ReadBarrier(this.client, this.db);
    this.transactionTimeoutMs = options.transactionTimeoutMs ?? DEFAULT_WAIT_MS;
  }

  collection<D extends Document>(spec: CollectionSpec<D>): Collection<D> {
    return this.db.collection<D>(spec.name, { readConcern: this.readBarrier.readConcern });
  }

  /**
   * Runs `work` in one transaction, again as a whole when MongoDB says so (a write conflict, an election); hand the session to every
   * call, one call after the other. Rejects with `unavailable` when nothing was changed, with `timeout` when the outcome of the commit
   * is unknown, and with the error of `work` as it is otherwise.
   */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    return mappingStorageErrors(() =>
      this.client.withSession((session) => boundedTransaction(session, work, { timeoutMs: this.transactionTimeoutMs })),
    );
  }

  /** Whether the server answers within `timeoutMs`. */
  async ping(timeoutMs: number): Promise<boolean> {
    const answered = this.db.command({ ping: 1 }).then(
      () => true,
      () => false,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, timeoutMs, false)));
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** By hand: `URL` refuses the several hosts of a replica set. */
function databaseNameOf(url: string): string {
  const path = /^[^/]+:\/\/[^/?]*\/([^?]*)/.exec(url)?.[1] ?? '';
  return path === '' ? 'hecto' : decodeURIComponent(path);
}
