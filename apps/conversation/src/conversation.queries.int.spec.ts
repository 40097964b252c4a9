import { groupConversation, type GroupId, type UserId } from '#contracts';
import type { Database } from '#storage';
import { cataloguedOutbox } from '../../../libs/outbox/src/catalogued-outbox.suite.js';
import { holdQueries } from '../../../libs/storage/src/query-catalogue/service-queries.suite.js';
import type { CataloguedCall } from '../../../libs/storage/src/query-catalogue/query-catalogue.js';
import { applySettings } from './settings/apply-settings.js';
import { CONVERSATION_COLLECTIONS, CONVERSATION_OUTBOX } from './settings/settings.collections.js';
import { SettingsRepository } from './settings/settings.repository.js';

const user = 'ann' as UserId;
const conversation = groupConversation('team' as GroupId);

describe('the queries of the conversation service', () => {
  holdQueries({ service: 'conversation', collections: CONVERSATION_COLLECTIONS, callsOn });
});

function callsOn(database: Database): CataloguedCall[] {
  const { outbox, settled, sweeper } = cataloguedOutbox(database, CONVERSATION_OUTBOX);
  const settings = new SettingsRepository(database, outbox);
  return [
    {
      method: 'SettingsRepository.change',
      run: () => settings.change(user, conversation, (before) => applySettings(before, { pinned: true }, 1)).then(settled),
    },
    { method: 'SettingsRepository.find', run: () => settings.find(user, conversation) },
    { method: 'SettingsRepository.findAll', run: () => settings.findAll(user) },
    sweeper,
  ];
}
