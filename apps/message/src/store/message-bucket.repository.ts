import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import type { ConversationId, Message, Seq } from '#contracts';
import type { Database, Transaction } from '#storage';
import { addressOf, bucketId, bucketsBetween } from '../bucket/bucket-address.js';
import type { BucketWrite } from '../train/train-writes.js';
import type { MessageBodyDocument } from './message-body.document.js';
import type { MessageBucketDocument, SlotDocument } from './message-bucket.document.js';
import { bodyId, toMessage, toSlot } from './message-slot.mapper.js';
import { MSG, MSG_BODY } from './message.collections.js';

/** The messages. Written by trains alone. */
export class MessageBucketRepository {
  private readonly buckets: Collection<MessageBucketDocument>;
  private readonly bodies: Collection<MessageBodyDocument>;

  constructor(database: Database) {
    this.buckets = database.collection(MSG);
    this.bodies = database.collection(MSG_BODY);
  }

  /** Puts messages into their slots; the bucket of slot 0 is new. Throws when a bucket that must be there is not. */
  async append(transaction: Transaction, writes: readonly BucketWrite[]): Promise<void> {
    if (writes.length === 0) return;
    const bodies: MessageBodyDocument[] = [];
    const operations = writes.map((write) => toOperation(write, bodies));
    const { matchedCount, insertedCount } = await this.buckets.bulkWrite(operations, { session: transaction, ordered: false });
    if (matchedCount + insertedCount !== writes.length) {
      throw new Error(`${writes.length - matchedCount - insertedCount} message buckets are missing: run \`hecto doctor\``);
    }
    if (bodies.length > 0) await this.bodies.insertMany(bodies, { session: transaction, ordered: false });
  }

  /** The messages from `from` to `to`, both inclusive, ascending. At most five buckets are read. */
  async between(conversation: ConversationId, from: Seq, to: Seq): Promise<Message[]> {
    if (to < from) return [];
    const ids = bucketsBetween(from, to)
      .slice(0, 5)
      .map((index) => bucketId(conversation, index));
    const documents = await this.buckets.find({ _id: { $in: ids } }).toArray();
    const slots = documents
      .sort((a, b) => a.index - b.index)
      .flatMap(({ msgs }) => msgs)
      .filter(({ msg }) => msg.seq >= from && msg.seq <= to);
    const bodies = await this.bodiesOf(conversation, slots);
    return slots.map((slot) => toMessage(conversation, slot, bodies.get(bodyId(conversation, slot.msg.seq))));
  }

  /** How many messages count as unread up to and with this one; undefined when there is none. */
  async countedAt(conversation: ConversationId, seq: Seq): Promise<number | undefined> {
    const { index, slot } = addressOf(seq);
    const document = await this.buckets.findOne({ _id: bucketId(conversation, index) }, { projection: { msgs: { $slice: [slot, 1] } } });
    return document?.msgs[0]?.msg.counted;
  }

  private async bodiesOf(conversation: ConversationId, slots: readonly SlotDocument[]): Promise<Map<string, MessageBodyDocument>> {
    const ids = slots.filter(({ msg }) => msg.body).map(({ msg }) => bodyId(conversation, msg.seq));
    if (ids.length === 0) return new Map();
    const documents = await this.bodies.find({ _id: { $in: ids } }).toArray();
    return new Map(documents.map((document) => [document._id, document]));
  }
}

function toOperation(write: BucketWrite, bodies: MessageBodyDocument[]): AnyBulkWriteOperation<MessageBucketDocument> {
  const { conversationId, index, slots } = write;
  const _id = bucketId(conversationId, index);
  const documents = slots.map(({ slot, message, counted }) => {
    const stored = toSlot(message, counted);
    if (stored.body) bodies.push(stored.body);
    return { slot, document: stored.slot };
  });
  if (documents[0]?.slot === 0) {
    return { insertOne: { document: { _id, conversation_id: conversationId, index, msgs: documents.map(({ document }) => document) } } };
  }
  // Never an upsert: on a missing bucket "msgs.37" would make a document, not an array.
  const set = Object.fromEntries(documents.map(({ slot, document }) => [`msgs.${slot}`, document]));
  return { updateOne: { filter: { _id }, update: { $set: set } } };
}
