import { randomToken } from '#kernel';
import { Database, syncStorage, type CollectionSpec } from '../index.js';
import { catalogueQueries, queryFaults } from './query-catalogue.js';

interface Thing {
  _id: string;
  owner: string;
  rank?: number;
}

const things: CollectionSpec<Thing> = {
  name: 'thing',
  owner: 'user',
  version: 1,
  shardKey: { owner: 'hashed' },
  indexes: [{ name: 'by_owner', key: { owner: 1, rank: 1 } }],
};

describe('the query catalogue', () => {
  const database = new Database({
    url: process.env['HECTO_MONGO_URL']!,
    name: `catalogue_${randomToken(6)}`,
    appName: 'test',
    monitorCommands: true,
  });
  const collection = database.collection(things);
  const catalogue = (run: () => Promise<unknown>) => catalogueQueries(database, [things], [{ method: 'Things.run', run }]);

  beforeAll(async () => {
    await syncStorage(database, [things]);
    await collection.insertMany([
      { _id: 'a', owner: 'x', rank: 1 },
      { _id: 'b', owner: 'x', rank: 2 },
      { _id: 'c', owner: 'y' },
    ]);
  });
  afterAll(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  it('says which index serves a find, without its values', async () => {
    const [row] = await catalogue(() => collection.find({ owner: 'x', rank: { $gt: 1 } }).toArray());
    expect(row).toMatchObject({ command: 'find', filter: '{ owner: ?, rank: { $gt: ? } }', indexes: ['by_owner'], shardKey: 'named' });
    expect(queryFaults([row!])).toEqual([]);
  });

  it('sees the commands of a transaction, statement by statement', async () => {
    const rows = await catalogue(() =>
      database.transaction(async (session) => {
        await collection.insertOne({ _id: 'd', owner: 'z' }, { session });
        await collection.bulkWrite(
          [
            { updateOne: { filter: { _id: 'a', owner: 'x' }, update: { $inc: { rank: 1 } } } },
            { deleteOne: { filter: { _id: 'b', owner: { $in: ['x'] } } } },
          ],
          { session },
        );
        await collection.findOneAndUpdate({ _id: 'a', owner: 'x' }, { $set: { rank: 5 } }, { session });
      }),
    );
    expect(rows.map(({ command, filter, shardKey }) => [command, filter, shardKey])).toEqual([
      ['insert', 'a document', 'named'],
      ['update', '{ _id: ?, owner: ? }', 'named'],
      ['delete', '{ _id: ?, owner: { $in: [?, …] } }', 'named'],
      ['findAndModify', '{ _id: ?, owner: ? }', 'named'],
    ]);
    expect(queryFaults(rows)).toEqual([]);
  });

  it('blames a scan, a filter without the shard key and an insert without it', async () => {
    const scan = await catalogue(() => collection.updateMany({ rank: 7 }, { $set: { rank: 8 } }));
    expect(queryFaults(scan)).toEqual([
      'Things.run: update on thing by { rank: ? } scans the collection',
      'Things.run: update on thing by { rank: ? } does not name the shard key',
    ]);
    const range = await catalogue(() => collection.aggregate([{ $match: { owner: { $gt: 'x' } } }, { $count: 'n' }]).toArray());
    expect(queryFaults(range)).toEqual(['Things.run: aggregate on thing by { owner: { $gt: ? } } does not name the shard key']);
    const insert = await catalogue(() => database.db.collection('thing').insertOne({ rank: 1 }));
    expect(queryFaults(insert)).toEqual(['Things.run: insert on thing by a document does not name the shard key']);
  });

  it('takes a call that sends nothing for a mistake', async () => {
    await expect(catalogue(() => Promise.resolve())).rejects.toThrow('Things.run sent no command');
  });
});
