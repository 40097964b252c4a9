import { outboxCollection } from '#outbox';
import type { CollectionSpec } from '#storage';
import type { SettingsDocument } from './settings.document.js';

export const CONVERSATIONS: CollectionSpec<SettingsDocument> = {
  name: 'conversation',
  owner: 'conversation',
  shardKey: { user_id: 1 },
  indexes: [{ name: 'by_user', key: { user_id: 1 } }],
  version: 1,
};

export const CONVERSATION_OUTBOX = outboxCollection('conversation');

/** What the conversation service owns in MongoDB. */
export const CONVERSATION_COLLECTIONS: readonly CollectionSpec[] = [CONVERSATIONS, CONVERSATION_OUTBOX];
