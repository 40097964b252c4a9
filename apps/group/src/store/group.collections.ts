import { outboxCollection } from '#outbox';
import type { CollectionSpec } from '#storage';
import type { GroupDocument, GroupMemberDocument, JoinedGroupDocument } from './group.document.js';

export const GROUPS: CollectionSpec<GroupDocument> = {
  name: 'group',
  owner: 'group',
  shardKey: { _id: 'hashed' },
  indexes: [],
  version: 1,
};

/** How long a removal may be repeated by whoever did it, as long as the API keeps idempotency keys. */
const REMOVED_KEPT_SECONDS = 24 * 60 * 60;

export const GROUP_MEMBERS: CollectionSpec<GroupMemberDocument> = {
  name: 'group_member',
  owner: 'group',
  shardKey: { group_id: 1 },
  indexes: [
    { name: 'by_group', key: { group_id: 1, active: 1, user_id: 1 } },
    { name: 'expire_removed', key: { removed_at: 1 }, expireAfterSeconds: REMOVED_KEPT_SECONDS },
  ],
  version: 1,
};

export const JOINED_GROUPS: CollectionSpec<JoinedGroupDocument> = {
  name: 'joined_group',
  owner: 'group',
  shardKey: { user_id: 1 },
  indexes: [{ name: 'by_user', key: { user_id: 1, group_id: 1 } }],
  version: 1,
};

export const GROUP_OUTBOX = outboxCollection('group');

/** What the group service owns in MongoDB. */
export const GROUP_COLLECTIONS: readonly CollectionSpec[] = [GROUPS, GROUP_MEMBERS, JOINED_GROUPS, GROUP_OUTBOX];
