import type { Collection, Db } from 'mongodb';

/** Which version of a collection's spec was applied to this database. */
export interface SchemaDocument {
  _id: string;
  version: number;
  syncedAt: Date;
}

export function schemaCollection(db: Db): Collection<SchemaDocument> {
  return db.collection<SchemaDocument>('schema');
}
