import type { MessageBodyDocument } from '../../../../apps/message/src/store/message-body.document.js';
import type { MessageBucketDocument } from '../../../../apps/message/src/store/message-bucket.document.js';
import type { MessageKeyDocument } from '../../../../apps/message/src/store/message-key.document.js';
import type { ProgressDocument } from '../../../../apps/message/src/store/progress.document.js';
import type { SeqDocument } from '../../../../apps/message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../apps/message/src/store/user-window.document.js';

/** What the servers hold in the end, in portions that fit into memory. */
export interface StoredState {
  conversations(): AsyncIterable<StoredConversation>;
  windows(): AsyncIterable<UserWindowDocument>;
  progress(): Promise<ProgressDocument[]>;
  /** All of them, those too that belong to no conversation. */
  totals(): Promise<{ buckets: number; bodies: number; keys: number }>;
  /** The members of every group. */
  groups(): AsyncIterable<StoredGroup>;
  /** What waits in the outboxes of the services, each as `<collection> <id>`. */
  waiting(): Promise<string[]>;
}

export interface StoredConversation {
  seq: SeqDocument;
  /** All its buckets, in the order of their indexes; at least one page. */
  pages(): AsyncIterable<StoredPage>;
  /** Of all its sends and rules, and of those of its notification log. In no order, in portions. */
  keys(): AsyncIterable<MessageKeyDocument[]>;
}

export interface StoredPage {
  /** The indexes that it covers: from `first` to before `end`; the last page has what lies behind as well. */
  first: number;
  end: number;
  buckets: MessageBucketDocument[];
  bodies: MessageBodyDocument[];
  /** Those that are there of the keys that its slots must have. */
  keys: MessageKeyDocument[];
}

export interface StoredGroup {
  groupId: string;
  /** As the group counts them. */
  count: number;
  /** The members, by the group's list and by theirs. */
  members: string[];
  joined: string[];
}
