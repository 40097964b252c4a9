import { testDatabase, testServers, type TestDatabase } from '#testing';
import { ALL_COLLECTIONS } from '../../../standalone/src/all.collections.js';
import { checkMongo } from './check-mongo.js';

describe('the doctor on MongoDB', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase(ALL_COLLECTIONS);
  });
  afterAll(() => database.close());

  it('finds a replica set, transactions that end soon, and every collection', async () => {
    const url = new URL(testServers().mongoUrl);
    url.pathname = database.db.databaseName;
    const findings = await checkMongo(url.href, undefined);
    expect(findings).toMatchObject([
      { part: 'MongoDB', ok: true, detail: expect.stringMatching(/^answers as replica set /) as string },
      { part: 'transactions', ok: true, detail: 'those of a killed process end after 5 s' },
      { part: 'schema', ok: true },
    ]);
  });
});
