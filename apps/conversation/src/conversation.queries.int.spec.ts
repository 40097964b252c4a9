import { newId, systemClock } from '#kernel';
import { groupConversation, type GroupId, type UserId } from '#contracts';
import { MongoOutbox } from '#outbox';
import { silentTelemetry } from '#observability';
import { Database, syncStorage } from '#storage';
import { documentedQueries } from '../../../libs/storage/src/query-catalogue/queries-page-file.js';
import {
  catalogueQueries,
  queryFaults,
  type CataloguedCall,
  type QueryRow,
} from '../../../libs/storage/src/query-catalogue/query-catalogue.js';
import { RecordingBus } from '../../../libs/outbox/src/recording-bus.suite.js';
import { applySettings } from './settings/apply-settings.js';
import { CONVERSATION_COLLECTIONS, CONVERSATION_OUTBOX } from './settings/settings.collections.js';
import { SettingsRepository } from './settings/settings.repository.js';

const user = 'ann' as UserId;
const conversation = groupConversation('team' as GroupId);

describe('the queries of the conversation service', () => {
  const url = process.env['HECTO_MONGO_URL']!;
  const database = new Database({ url, name: `queries_${newId()}`, appName: 'test', monitorCommands: true });
  const parts = { database, bus: new RecordingBus(), telemetry: silentTelemetry('conversation'), clock: systemClock };
  const outbox = new MongoOutbox({ ...parts, collection: CONVERSATION_OUTBOX });
  const settings = new SettingsRepository(database, outbox);

  const calls: CataloguedCall[] = [
    {
      method: 'SettingsRepository.change',
      run: async () => {
        await settings.change(user, conversation, (before) => applySettings(before, { pinned: true }, 1));
        await outbox.beforeApplicationShutdown();
      },
    },
    { method: 'SettingsRepository.find', run: () => settings.find(user, conversation) },
    { method: 'SettingsRepository.findAll', run: () => settings.findAll(user) },
    { method: 'MongoOutbox sweeper', run: () => sweepOnce() },
  ];
  const sweepOnce = async () => {
    outbox.onApplicationBootstrap();
    await outbox.beforeApplicationShutdown();
  };
  let rows: QueryRow[];

  beforeAll(async () => {
    await syncStorage(database, CONVERSATION_COLLECTIONS);
    rows = await catalogueQueries(database, CONVERSATION_COLLECTIONS, calls);
  }, 20_000);
  afterAll(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  it('scan no collection and name the shard key wherever there is one', () => {
    expect(queryFaults(rows)).toEqual([]);
  });

  it('are those that docs/queries.md lists', () => {
    const { documented, seen } = documentedQueries('conversation', rows);
    expect(documented).toBe(seen);
  });
});
