import type { Document, IndexDescription } from 'mongodb';

/** A collection, declared once: `hecto storage sync` applies it and every service checks it at its start. */
export interface CollectionSpec<D extends Document = Document> {
  name: string;
  /** The service that alone reads and writes it. */
  owner: 'message' | 'conversation' | 'group' | 'user';
  /** On a sharded cluster; undefined: it stays on one shard. */
  shardKey?: Readonly<Record<string, 1 | 'hashed'>>;
  /** Beside `_id`. */
  indexes: readonly IndexDescription[];
  /** Raised when the stored shape or an index changes; a service refuses a database that has a newer one. */
  version: number;
  /** Never set: carries the document type. */
  document?: D;
}
