import type { CollectionSpec } from '#storage';
import { CONVERSATION_COLLECTIONS } from '../../conversation/src/settings/settings.collections.js';
import { GROUP_COLLECTIONS } from '../../group/src/store/group.collections.js';
import { MESSAGE_COLLECTIONS } from '../../message/src/store/message.collections.js';
import { USER_COLLECTIONS } from '../../user/src/store/user.collections.js';

/** What the services keep in MongoDB, all of them. */
export const ALL_COLLECTIONS: readonly CollectionSpec[] = [
  ...(MESSAGE_COLLECTIONS as readonly CollectionSpec[]),
  ...CONVERSATION_COLLECTIONS,
  ...GROUP_COLLECTIONS,
  ...USER_COLLECTIONS,
];
