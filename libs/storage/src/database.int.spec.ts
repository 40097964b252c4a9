import { createServer, type Server } from 'node:net';
import { randomToken } from '#kernel';
import { TcpLink } from '#testing';
import { Database, duplicateKeyIndex, duplicateKeysOf, isDuplicateKey, storageProblem, syncStorage, type CollectionSpec } from './index.js';

interface Thing {
  _id: string;
  mail?: string;
  count?: number;
}

const things: CollectionSpec<Thing> = {
  name: 'thing',
  owner: 'user',
  version: 1,
  indexes: [{ key: { mail: 1 }, unique: true, sparse: true }],
};
const url = process.env['HECTO_MONGO_URL']!;

describe('Database', () => {
  const database = new Database({ url, name: `database_${randomToken(6)}`, appName: 'test' });
  const collection = database.collection(things);

  beforeAll(() => syncStorage(database, [things]));
  afterEach(() => collection.deleteMany({}));
  afterAll(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  it('commits what a transaction did, and nothing of one that threw', async () => {
    await database.transaction(async (session) => {
      await collection.insertOne({ _id: 'a' }, { session });
    });
    const refused = database.transaction(async (session) => {
      await collection.insertOne({ _id: 'b' }, { session });
      throw new Error('changed my mind');
    });
    await expect(refused).rejects.toThrow('changed my mind');
    expect(await collection.distinct('_id')).toEqual(['a']);
  });

  it('runs transactions that conflict again until each has had its turn', async () => {
    await collection.insertOne({ _id: 'counter', count: 0 });
    const raise = () =>
      database.transaction(async (session) => {
        const found = await collection.findOne({ _id: 'counter' }, { session });
        await collection.updateOne({ _id: 'counter' }, { $set: { count: (found?.count ?? 0) + 1 } }, { session });
      });
    await Promise.all(Array.from({ length: 8 }, raise));
    expect(await collection.findOne({ _id: 'counter' })).toMatchObject({ count: 8 });
  });

  it('gives a transaction up as unavailable when its time is over', async () => {
    const hasty = new Database({ url, name: database.db.databaseName, appName: 'test', transactionTimeoutMs: 50 });
    await collection.insertOne({ _id: 'held', count: 0 });
    await database.client.withSession(async (session) => {
      session.startTransaction();
      await collection.updateOne({ _id: 'held' }, { $inc: { count: 1 } }, { session });
      const blocked = hasty.transaction((other) =>
        hasty.collection(things).updateOne({ _id: 'held' }, { $inc: { count: 1 } }, { session: other }),
      );
      await expect(blocked).rejects.toMatchObject({ code: 'unavailable', retryable: true });
      await session.abortTransaction();
    });
    await hasty.close();
  });

  it('says which unique index refused a write', async () => {
    await collection.insertOne({ _id: 'a', mail: 'a@x' });
    const sameMail = await collection.insertOne({ _id: 'b', mail: 'a@x' }).catch((error: unknown) => error);
    expect(isDuplicateKey(sameMail, 'mail_1')).toBe(true);
    expect(isDuplicateKey(sameMail, '_id_')).toBe(false);
    const sameId = await collection.insertOne({ _id: 'a' }).catch((error: unknown) => error);
    expect(duplicateKeyIndex(sameId)).toBe('_id_');
    expect(isDuplicateKey(new Error('E11000'))).toBe(false);
  });

  it('says of an unordered bulk write which of its writes were refused', async () => {
    await collection.insertOne({ _id: 'a', mail: 'a@x' });
    const documents = [{ _id: 'a' }, { _id: 'b' }, { _id: 'c', mail: 'a@x' }];
    const error = await collection.insertMany(documents, { ordered: false }).catch((caught: unknown) => caught);
    expect([...duplicateKeysOf(error)]).toEqual([
      [0, '_id_'],
      [2, 'mail_1'],
    ]);
  });

  it('answers a ping, and says no in time when nobody is there', async () => {
    expect(await database.ping(2000)).toBe(true);
    const nobody = new Database({ url: 'mongodb://127.0.0.1:1/?directConnection=true', appName: 'test', serverSelectionTimeoutMs: 300 });
    const started = performance.now();
    expect(await nobody.ping(100)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
    await expect(nobody.transaction((session) => nobody.collection(things).insertOne({ _id: 'x' }, { session }))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await nobody.close();
  });

  it('gives a server up that accepts connections and never answers', async () => {
    const silent: Server = createServer(() => undefined);
    const port = await new Promise<number>((resolve) =>
      silent.listen(0, '127.0.0.1', () => resolve((silent.address() as { port: number }).port)),
    );
    const mute = new Database({
      url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
      appName: 'test',
      serverSelectionTimeoutMs: 300,
    });
    await expect(mute.transaction((session) => mute.collection(things).insertOne({ _id: 'x' }, { session }))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await mute.close();
    silent.close();
  });

  it('gives up a command that is too large to be sent while nothing gets through', async () => {
    const link = await TcpLink.open({ target: Number(new URL(url).port) });
    const linked = new Database({ url: `mongodb://127.0.0.1:${link.port}/?directConnection=true`, appName: 'test', commandTimeoutMs: 500 });
    await linked.ping(5000);
    link.hold();
    const written = linked.collection(things).insertOne({ _id: 'x', mail: 'x'.repeat(12 * 1024 * 1024) });
    const late = new Promise((resolve) => setTimeout(resolve, 15_000, 'it waits still'));
    expect(storageProblem(await Promise.race([written, late]).catch((error: unknown) => error))).toMatchObject({ code: 'unavailable' });
    await linked.close();
    await link.close();
  }, 30_000);
});
