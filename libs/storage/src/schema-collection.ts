import type { Collection } from 'mongodb';
import type { Database } from './database.js';

/** Which version of a collection's spec was applied to this database. */
export interface SchemaDocument {
  _id: string;
  version: number;
  syncedAt: Date;
}

export function schemaCollection(database: Database): Collection<SchemaDocument> {
  return database.db.collection<SchemaDocument>('schema');
}
