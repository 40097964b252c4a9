import type { CollectionSpec } from '#storage';
import type { MessageBodyDocument } from './message-body.document.js';
import type { MessageBucketDocument } from './message-bucket.document.js';
import type { MessageKeyDocument } from './message-key.document.js';
import type { ProgressDocument } from './progress.document.js';
import type { SeqDocument } from './seq.document.js';
import type { UserWindowDocument } from './user-window.document.js';

const own = { owner: 'message', version: 1, indexes: [] } as const;
const byId = { shardKey: { _id: 'hashed' } } as const;

/** One document per partition: small, and every train compares and sets it, so it is not sharded. */
export const PROGRESS: CollectionSpec<ProgressDocument> = { ...own, name: 'progress' };
export const SEQ: CollectionSpec<SeqDocument> = { ...own, ...byId, name: 'seq' };
export const MSG: CollectionSpec<MessageBucketDocument> = { ...own, ...byId, name: 'msg' };
export const MSG_BODY: CollectionSpec<MessageBodyDocument> = { ...own, ...byId, name: 'msg_body' };
export const MSG_KEY: CollectionSpec<MessageKeyDocument> = { ...own, ...byId, name: 'msg_key' };
export const SEQ_USER: CollectionSpec<UserWindowDocument> = {
  ...own,
  name: 'seq_user',
  shardKey: { user_id: 'hashed' },
  indexes: [{ key: { user_id: 1, conversation_id: 1 }, name: 'user_conversations' }],
};

export const MESSAGE_COLLECTIONS = [PROGRESS, SEQ, MSG, MSG_BODY, MSG_KEY, SEQ_USER] as const;
