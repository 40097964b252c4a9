import { Binary, type Collection } from 'mongodb';
import type { ConversationId } from '#contracts';
import type { Database } from '#storage';
import { keyIdOf } from '../../../../apps/cli/src/check/rules/key-rules.js';
import { CONVERSATION_OUTBOX } from '../../../../apps/conversation/src/settings/settings.collections.js';
import { GROUP_MEMBERS, GROUP_OUTBOX, GROUPS, JOINED_GROUPS } from '../../../../apps/group/src/store/group.collections.js';
import type { MessageBucketDocument } from '../../../../apps/message/src/store/message-bucket.document.js';
import type { MessageKeyDocument } from '../../../../apps/message/src/store/message-key.document.js';
import { MSG, MSG_BODY, MSG_KEY, PROGRESS, SEQ, SEQ_USER } from '../../../../apps/message/src/store/message.collections.js';
import type { SeqDocument } from '../../../../apps/message/src/store/seq.document.js';
import { messageKey } from '../../../../apps/message/src/train/message-key.js';
import { USER_OUTBOX } from '../../../../apps/user/src/store/user.collections.js';
import type { StoredConversation, StoredGroup, StoredPage, StoredState } from './stored-state.js';

const BUCKET_SIZE = 100;
const BUCKETS_PER_PAGE = 10;
const KEYS_PER_PORTION = 1000;
const KEY_PREFIX_BYTES = 8;
const KEY_BYTES = 20;
const OUTBOXES = [GROUP_OUTBOX, CONVERSATION_OUTBOX, USER_OUTBOX];
const WAITING_SHOWN = 100;

/** What a run left in MongoDB, read in pages while nothing writes. */
export class MongoStoredState implements StoredState {
  constructor(private readonly database: Database) {}

  async *conversations(): AsyncGenerator<StoredConversation> {
    for await (const seq of this.database.collection(SEQ).find().sort({ _id: 1 })) {
      yield { seq, pages: () => this.pages(seq), keys: () => this.keys(seq._id) };
    }
  }

  windows() {
    return this.database.collection(SEQ_USER).find();
  }

  progress() {
    return this.database.collection(PROGRESS).find().sort({ _id: 1 }).toArray();
  }

  async totals() {
    const [buckets, bodies, keys] = await Promise.all(
      [MSG, MSG_BODY, MSG_KEY].map((spec) => this.database.db.collection(spec.name).countDocuments()),
    );
    return { buckets: buckets ?? 0, bodies: bodies ?? 0, keys: keys ?? 0 };
  }

  async *groups(): AsyncGenerator<StoredGroup> {
    const joined = await this.joinedByGroup();
    for await (const { _id: groupId, member_count: count } of this.database.collection(GROUPS).find().sort({ _id: 1 })) {
      const members = await this.database.collection(GROUP_MEMBERS).find({ group_id: groupId, active: true }).toArray();
      yield { groupId, count, members: members.map(({ user_id }) => user_id), joined: joined.get(groupId) ?? [] };
    }
  }

  async waiting(): Promise<string[]> {
    const found = OUTBOXES.map(async (spec) => {
      const entries = await this.database.collection(spec).find().limit(WAITING_SHOWN).toArray();
      return entries.map(({ _id, type }) => `${spec.name} ${_id} (${type})`);
    });
    return (await Promise.all(found)).flat();
  }

  private async *pages(seq: SeqDocument): AsyncGenerator<StoredPage> {
    const end = Math.max(1, Math.ceil(seq.max_seq / BUCKET_SIZE));
    for (let first = 0; first < end; first += BUCKETS_PER_PAGE) {
      const last = first + BUCKETS_PER_PAGE >= end;
      const indexes = Array.from({ length: BUCKETS_PER_PAGE }, (_, i) => first + i);
      const buckets = await this.database
        .collection(MSG)
        .find({ _id: { $in: indexes.map((index) => `${seq._id}:${index}`) } })
        .toArray();
      buckets.sort((a, b) => a.index - b.index);
      const [bodies, keys] = await Promise.all([this.bodiesOf(seq, buckets), this.keysOf(seq, buckets)]);
      yield { first, end: last ? end : first + BUCKETS_PER_PAGE, buckets, bodies, keys };
    }
  }

  /** Every body that a seq of these buckets could have. */
  private bodiesOf(seq: SeqDocument, buckets: readonly MessageBucketDocument[]) {
    const ids = buckets.flatMap(({ index }) => Array.from({ length: BUCKET_SIZE }, (_, i) => `${seq._id}:${index * BUCKET_SIZE + i + 1}`));
    return this.database
      .collection(MSG_BODY)
      .find({ _id: { $in: ids } })
      .toArray();
  }

  private keysOf(seq: SeqDocument, buckets: readonly MessageBucketDocument[]): Promise<MessageKeyDocument[]> {
    const messages = buckets.flatMap(({ msgs }) => msgs.flatMap((slot) => (slot as typeof slot | null)?.msg ?? []));
    const ids = messages.map((msg) => new Binary(Buffer.from(keyIdOf(seq._id as ConversationId, msg), 'hex')));
    return this.keyCollection.find({ _id: { $in: ids } }).toArray();
  }

  /** One conversation's keys lie together, behind the first bytes that they share. */
  private async *keys(conversationId: string): AsyncGenerator<MessageKeyDocument[]> {
    const prefix = messageKey(conversationId as ConversationId, '', '').subarray(0, KEY_PREFIX_BYTES);
    const bound = (byte: number) => new Binary(Buffer.concat([prefix, Buffer.alloc(KEY_BYTES - KEY_PREFIX_BYTES, byte)]));
    let portion: MessageKeyDocument[] = [];
    for await (const key of this.keyCollection.find({ _id: { $gte: bound(0), $lte: bound(255) } })) {
      portion.push(key);
      if (portion.length < KEYS_PER_PORTION) continue;
      yield portion;
      portion = [];
    }
    yield portion;
  }

  private get keyCollection(): Collection<MessageKeyDocument> {
    return this.database.collection(MSG_KEY);
  }

  private async joinedByGroup(): Promise<Map<string, string[]>> {
    const joined = new Map<string, string[]>();
    for await (const { group_id, user_id } of this.database.collection(JOINED_GROUPS).find()) {
      const users = joined.get(group_id);
      if (users) users.push(user_id);
      else joined.set(group_id, [user_id]);
    }
    return joined;
  }
}
