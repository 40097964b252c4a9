import { newId } from '#kernel';
import type { Profile, UserId } from '#contracts';
import type { Database } from '#storage';
import { cataloguedOutbox } from '../../../libs/outbox/src/catalogued-outbox.suite.js';
import { holdQueries } from '../../../libs/storage/src/query-catalogue/service-queries.suite.js';
import type { CataloguedCall } from '../../../libs/storage/src/query-catalogue/query-catalogue.js';
import type { DeviceSession } from './sessions/device-session.js';
import { CredentialRepository } from './store/credential.repository.js';
import { DeviceRepository } from './store/device.repository.js';
import { USER_COLLECTIONS, USER_OUTBOX } from './store/user.collections.js';
import { UserRepository } from './store/user.repository.js';

const userId = 'alice' as UserId;
const profile: Profile = { userId, nickname: '', avatar: '', ex: '', version: 1, createdAt: 0 };
const now = Date.now();
const session: DeviceSession = {
  userId,
  deviceId: 'phone',
  platform: 'ios',
  sessionId: 's',
  familyHash: 'f',
  refreshHash: 'r',
  loggedInAt: now,
  refreshedAt: now,
  refreshExpiresAt: now + 60_000,
};

describe('the queries of the user service', () => {
  holdQueries({ service: 'user', collections: USER_COLLECTIONS, callsOn });
});

function callsOn(database: Database): CataloguedCall[] {
  const users = new UserRepository(database);
  const credentials = new CredentialRepository(database);
  const devices = new DeviceRepository(database);
  const { outbox, flush, sweeper } = cataloguedOutbox(database, USER_OUTBOX);
  const entry = { id: newId(), entity: 'alice', version: 1, part: 0, topic: 't', key: 'k', type: 'x', payload: {}, awaitsAnswer: false };

  return [
    { method: 'UserRepository.insertMany', run: () => database.transaction((tx) => users.insertMany(tx, [profile])) },
    { method: 'UserRepository.find', run: () => users.find(userId) },
    { method: 'UserRepository.findMany', run: () => users.findMany([userId]) },
    { method: 'UserRepository.findManyIn', run: () => database.transaction((tx) => users.findManyIn(tx, [userId])) },
    { method: 'UserRepository.replaceMany', run: () => database.transaction((tx) => users.replaceMany(tx, [profile])) },
    { method: 'CredentialRepository.insert', run: () => database.transaction((tx) => credentials.insert(tx, { userId, email: 'a@b.c' })) },
    { method: 'CredentialRepository.ofUser', run: () => credentials.ofUser(userId) },
    { method: 'CredentialRepository.ofEmail', run: () => credentials.ofEmail('a@b.c') },
    { method: 'DeviceRepository.replace', run: () => database.transaction((tx) => devices.replace(tx, session)) },
    { method: 'DeviceRepository.find', run: () => devices.find(userId, 'phone') },
    { method: 'DeviceRepository.listIn', run: () => database.transaction((tx) => devices.listIn(tx, userId, undefined)) },
    { method: 'DeviceRepository.listIn', run: () => database.transaction((tx) => devices.listIn(tx, userId, 'phone')) },
    { method: 'DeviceRepository.listLive', run: () => devices.listLive(userId, now) },
    { method: 'DeviceRepository.rotate', run: () => devices.rotate(session, 'r') },
    { method: 'DeviceRepository.removeSessions', run: () => database.transaction((tx) => devices.removeSessions(tx, [session])) },
    { method: 'MongoOutbox.add', run: () => database.transaction((tx) => outbox.add(tx, [entry])) },
    flush('alice'),
    sweeper,
  ];
}
