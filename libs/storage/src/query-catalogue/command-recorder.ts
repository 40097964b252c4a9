import type { CommandStartedEvent, Document } from 'mongodb';
import type { Database } from '../database.js';

/** A command as the driver sent it. */
export interface RecordedCommand {
  name: string;
  collection: string;
  command: Document;
}

/** The commands that read or write documents; everything else (handshakes, commits, the fetching of further batches) has no filter. */
const CATALOGUED = new Set(['find', 'aggregate', 'count', 'distinct', 'insert', 'update', 'delete', 'findAndModify']);

/** Runs `work` and returns the commands that were sent to this database meanwhile. Needs `monitorCommands`. */
export async function recordCommands(database: Database, work: () => Promise<unknown>): Promise<RecordedCommand[]> {
  const { client, db } = database;
  if (!client.options.monitorCommands) throw new Error('the catalogue needs a Database with monitorCommands');
  const recorded: RecordedCommand[] = [];
  const listen = ({ commandName, command, databaseName }: CommandStartedEvent): void => {
    if (databaseName !== db.databaseName || !CATALOGUED.has(commandName)) return;
    const plain = withoutSession(command);
    recorded.push({ name: commandName, collection: String(plain[commandName]), command: plain });
  };
  client.on('commandStarted', listen);
  try {
    await work();
  } finally {
    client.off('commandStarted', listen);
  }
  return recorded;
}

const SESSION_FIELDS = new Set([
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  '$clusterTime',
  '$db',
  'writeConcern',
  'readConcern',
  '$readPreference',
]);

function withoutSession(command: Document): Document {
  return Object.fromEntries(Object.entries(command).filter(([field]) => !SESSION_FIELDS.has(field)));
}
