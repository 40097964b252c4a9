import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '#config';
import { rpcTopic, TOPIC, TOPICS } from '#contracts';
import { silentTelemetry } from '#observability';
import { testServers, withDatabase } from '#testing';
import { openServers, type StandaloneServers } from './standalone-servers.js';

const QUESTIONS_AND_ANSWERS = [TOPIC.reply, ...(['message', 'conversation', 'group', 'user'] as const).map(rpcTopic)];

describe('the servers of a standalone process', () => {
  let dataDir: string;
  let servers: StandaloneServers;

  const open = () => {
    const HECTO_MONGO_URL = withDatabase(testServers().mongoUrl, `test_${randomBytes(6).toString('hex')}`);
    const settings = loadSettings('standalone', { HECTO_MONGO_URL, HECTO_DATA_DIR: dataDir });
    return openServers(settings, silentTelemetry('gateway'), () => undefined);
  };

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'hecto-standalone-'));
    servers = await open();
  });
  afterEach(async () => {
    await servers.database.db.dropDatabase();
    await servers.close();
    rmSync(dataDir, { recursive: true });
  });

  const redelivered = async (topic: string): Promise<boolean> => {
    let any = false;
    const options = { group: 'service', maxRecords: 10, maxBytes: 1e6 };
    const subscription = await servers.log.subscribe(topic, options, () => Promise.resolve(void (any = true)));
    await subscription.caughtUp();
    return any;
  };

  it('have after a kill every record that was not handled for good, but for questions and answers: their askers are gone', async () => {
    for (const { name } of TOPICS) {
      await servers.log.append(name, [{ key: 'k', value: Buffer.from('{}') }]);
      expect(await redelivered(name)).toBe(true);
    }
    // Nothing is committed at a kill; the successor is another opening of the same folder.
    await (await servers.log.crash()).close();
    await servers.database.db.dropDatabase();
    await servers.close();
    servers = await open();
    const forgotten = [];
    for (const { name } of TOPICS) if (!(await redelivered(name))) forgotten.push(name);
    expect(forgotten.sort()).toEqual(QUESTIONS_AND_ANSWERS.sort());
  });
});
