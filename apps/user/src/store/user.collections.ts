import { outboxCollection } from '#outbox';
import type { CollectionSpec } from '#storage';
import type { CredentialDocument } from './credential.document.js';
import type { DeviceDocument } from './device.document.js';
import type { UserDocument } from './user.document.js';

export const USERS: CollectionSpec<UserDocument> = {
  name: 'user',
  owner: 'user',
  shardKey: { _id: 'hashed' },
  indexes: [],
  version: 1,
};

/** The index that keeps e-mail addresses unique. */
export const BY_EMAIL = 'by_email';

/** On one shard, however many there are: only there can MongoDB keep the addresses unique. */
export const CREDENTIALS: CollectionSpec<CredentialDocument> = {
  name: 'credential',
  owner: 'user',
  indexes: [{ name: BY_EMAIL, key: { email: 1 }, unique: true, sparse: true }],
  version: 1,
};

export const DEVICES: CollectionSpec<DeviceDocument> = {
  name: 'device',
  owner: 'user',
  shardKey: { user_id: 1 },
  indexes: [
    { name: 'by_user', key: { user_id: 1, device_id: 1 } },
    { name: 'expire', key: { refresh_expires_at: 1 }, expireAfterSeconds: 0 },
  ],
  version: 1,
};

export const USER_OUTBOX = outboxCollection('user');

/** What the user service owns in MongoDB. */
export const USER_COLLECTIONS: readonly CollectionSpec[] = [USERS, CREDENTIALS, DEVICES, USER_OUTBOX];
