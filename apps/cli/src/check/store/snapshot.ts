import { ReadConcern, type ClientSession, type Db, type Document, type Filter, type FindOptions } from 'mongodb';
import type { CollectionSpec, Database } from '#storage';

/** Reads of one moment, across collections: what trains and transactions write together is seen together, or not at all. */
export class Snapshot {
  constructor(
    private readonly db: Db,
    private readonly session: ClientSession,
  ) {}

  find<D extends Document>(spec: CollectionSpec<D>, filter: Filter<D>, options: FindOptions = {}): Promise<D[]> {
    return this.collection(spec)
      .find(filter, { ...options, session: this.session })
      .toArray() as Promise<D[]>;
  }

  async count<D extends Document>(spec: CollectionSpec<D>, filter: Filter<D>): Promise<number> {
    return this.collection(spec).countDocuments(filter, { session: this.session });
  }

  aggregate<D extends Document, R extends Document>(spec: CollectionSpec<D>, pipeline: Document[]): Promise<R[]> {
    return this.collection(spec).aggregate<R>(pipeline, { session: this.session }).toArray();
  }

  /** A new read concern for each operation: the driver writes the moment into the object that it is given. */
  private collection<D extends Document>({ name }: CollectionSpec<D>) {
    return this.db.collection<D>(name, { readConcern: new ReadConcern('snapshot') });
  }
}

/** MongoDB keeps a moment readable for five minutes: `work` is one page. */
export function inSnapshot<T>(database: Database, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return database.client.withSession({ snapshot: true }, (session) => work(new Snapshot(database.db, session)));
}
