import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedLog } from '#bus';
import { TOPIC, TOPICS } from '#contracts';
import { testDatabase, testServers, type TestDatabase } from '#testing';
import { ProgressRepository } from '../../../message/src/store/progress.repository.js';
import { ALL_COLLECTIONS } from '../../../standalone/src/all.collections.js';
import { runAdopt } from './run-adopt.js';

describe('hecto log adopt', () => {
  let database: TestDatabase;
  let mongo: string;
  let progress: ProgressRepository;
  let dataDir: string;
  const said: string[] = [];
  const adopt = (mode: 'look' | 'adopt') => runAdopt({ mongo, log: { dataDir }, mode, say: (line) => said.push(line) });

  beforeEach(async () => {
    database = await testDatabase(ALL_COLLECTIONS);
    const url = new URL(testServers().mongoUrl);
    url.pathname = database.db.databaseName;
    mongo = url.href;
    progress = new ProgressRepository(database, TOPIC.send);
    dataDir = mkdtempSync(join(tmpdir(), 'hecto-adopt-'));
    const log = await EmbeddedLog.open({ location: join(dataDir, 'log') });
    await log.createTopics(TOPICS);
    await log.close();
    said.length = 0;
  });

  afterEach(async () => {
    await database.close();
    rmSync(dataDir, { recursive: true });
  });

  it('says what it would do, and does nothing, until it is told to', async () => {
    await progress.loadOrBegin(3, 'the-old-log');
    expect(await adopt('look')).toBe(1);
    expect(said.join('\n')).toContain('partition 3 stands at 0 (epoch 0), but belongs to log the-old-log: would begin at 0');
    expect((await progress.load([3])).get(3)).toEqual({ log: 'the-old-log', epoch: 0, offset: 0 });
  });

  it('sets every partition to the start of the log that is here, in a higher epoch', async () => {
    await progress.adopt(3, 'the-old-log', 700);
    expect(await adopt('adopt')).toBe(0);
    const after = await progress.load([0, 3]);
    expect(after.get(3)).toMatchObject({ offset: 0, epoch: 2 });
    expect(after.get(0)).toMatchObject({ offset: 0, epoch: 1 });
    expect(after.get(3)?.log).not.toBe('the-old-log');
  });

  it('has nothing to do where the partitions can go on', async () => {
    expect(await adopt('adopt')).toBe(0);
    expect(said.at(-1)).toBe('Every partition can go on as it is: there is nothing to adopt.');
    expect(await progress.load([0])).toEqual(new Map());
  });

  it('refuses while a message process is connected', async () => {
    await progress.adopt(3, 'the-old-log', 700);
    const { Database } = await import('#storage');
    const message = new Database({ url: mongo, appName: 'hecto-message' });
    try {
      await message.ping(5000);
      await expect(adopt('adopt')).rejects.toThrow(/Message processes are connected to this MongoDB \(hecto-message at /);
    } finally {
      await message.close();
    }
    expect((await progress.load([3])).get(3)).toMatchObject({ log: 'the-old-log', offset: 700 });
  });
});
