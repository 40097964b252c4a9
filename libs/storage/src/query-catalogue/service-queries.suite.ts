import { testDatabase, type TestDatabase } from '#testing';
import type { CollectionSpec } from '../collection-spec.js';
import type { Database } from '../database.js';
import { documentedQueries } from './queries-page-file.js';
import { catalogueQueries, queryFaults, type CataloguedCall, type QueryRow } from './query-catalogue.js';

export interface ServiceQueries {
  /** Its name in docs/queries.md. */
  service: string;
  collections: readonly CollectionSpec[];
  /** One after the other, on a database that begins empty. */
  callsOn: (database: Database) => readonly CataloguedCall[];
}

const SYNC_AND_CALLS_MS = 60_000;

/** What holds for the queries of every service. Returns what was seen of them, for tests of one service's own. */
export function holdQueries({ service, collections, callsOn }: ServiceQueries): () => readonly QueryRow[] {
  let database: TestDatabase;
  let rows: QueryRow[];

  beforeAll(async () => {
    database = await testDatabase(collections, { monitorCommands: true });
    rows = await catalogueQueries(database, collections, callsOn(database));
  }, SYNC_AND_CALLS_MS);
  afterAll(() => database.close());

  it('scan no collection and name the shard key wherever there is one', () => {
    expect(queryFaults(rows)).toEqual([]);
  });

  it('are those that docs/queries.md lists', () => {
    const { documented, seen } = documentedQueries(service, rows);
    expect(documented).toBe(seen);
  });

  return () => rows;
}
