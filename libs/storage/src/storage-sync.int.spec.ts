import { randomToken } from '#kernel';
import { checkStorage, Database, syncStorage, type CollectionSpec } from './index.js';

interface Thing {
  _id: string;
  mail?: string;
  rank?: number;
}

const things: CollectionSpec<Thing> = {
  name: 'thing',
  owner: 'user',
  version: 1,
  indexes: [{ key: { mail: 1 }, unique: true, partialFilterExpression: { mail: { $exists: true } } }],
};
const bare: CollectionSpec<Thing> = { name: 'bare', owner: 'user', version: 3, indexes: [] };

describe('storage sync and check', () => {
  let database: Database;

  beforeEach(() => {
    database = new Database({ url: process.env['HECTO_MONGO_URL']!, name: `sync_${randomToken(6)}`, appName: 'test' });
  });
  afterEach(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  it('names every missing collection and the command that makes it', async () => {
    const problems = await checkStorage(database, [things, bare]);
    expect(problems.map(({ collection, kind }) => [collection, kind])).toEqual([
      ['thing', 'missing'],
      ['bare', 'missing'],
    ]);
    expect(problems[0]?.message).toContain('hecto storage sync');
  });

  it('makes collections with zstd and their indexes, and finds nothing to say afterwards', async () => {
    expect(await syncStorage(database, [things, bare])).toEqual({ created: ['thing', 'thing.mail_1', 'bare'] });
    expect(await checkStorage(database, [things, bare])).toEqual([]);
    const [info] = await database.db.listCollections({ name: 'thing' }).toArray();
    expect(JSON.stringify(info)).toContain('block_compressor=zstd');
  });

  it('changes nothing the second time', async () => {
    await syncStorage(database, [things, bare]);
    expect(await syncStorage(database, [things, bare])).toEqual({ created: [] });
  });

  it('lets two syncs run at once', async () => {
    await Promise.all([syncStorage(database, [things, bare]), syncStorage(database, [things, bare])]);
    expect(await checkStorage(database, [things, bare])).toEqual([]);
  });

  it('reports a missing and a changed index, and mends both', async () => {
    await syncStorage(database, [things]);
    await database.collection(things).dropIndex('mail_1');
    expect((await checkStorage(database, [things])).map(({ kind }) => kind)).toEqual(['index']);
    await database.collection(things).createIndex({ mail: 1 });
    const [changed] = await checkStorage(database, [things]);
    expect(changed?.message).toMatch(/mail_1 of collection thing is of another shape/);
    expect(await syncStorage(database, [things])).toEqual({ created: ['thing.mail_1'] });
    expect(await checkStorage(database, [things])).toEqual([]);
  });

  it('asks for a sync when the program is newer, and for a newer program when the database is', async () => {
    await syncStorage(database, [bare]);
    const [older] = await checkStorage(database, [{ ...bare, version: 4 }]);
    expect(older).toMatchObject({ kind: 'unsynced', message: expect.stringContaining('hecto storage sync') });
    const [newer] = await checkStorage(database, [{ ...bare, version: 2 }]);
    expect(newer).toMatchObject({ kind: 'newer', message: expect.stringContaining('version 3') });
    await expect(syncStorage(database, [{ ...bare, version: 2 }])).rejects.toThrow('run a newer Hecto');
  });

  it('refuses a unique index that a shard could not enforce', async () => {
    await expect(syncStorage(database, [{ ...things, shardKey: { _id: 'hashed' } }])).rejects.toThrow(
      /mail_1 of collection thing is unique/,
    );
  });
});
