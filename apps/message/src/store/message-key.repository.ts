import { Binary, type Collection } from 'mongodb';
import type { Place, Seq } from '#contracts';
import type { Database, Transaction } from '#storage';
import type { KeyFacts } from '../train/train-state.js';
import type { KeyWrite } from '../train/train-writes.js';
import type { MessageKeyDocument } from './message-key.document.js';
import { MSG_KEY } from './message.collections.js';

/** What was decided under each client's message id. Written by trains alone. */
export class MessageKeyRepository {
  private readonly collection: Collection<MessageKeyDocument>;

  constructor(database: Database) {
    this.collection = database.collection(MSG_KEY);
  }

  /** By hex id; unknown ids are left out. */
  async load(ids: readonly string[]): Promise<Map<string, KeyFacts>> {
    if (ids.length === 0) return new Map();
    const documents = await this.collection.find({ _id: { $in: ids.map(toBinary) } }).toArray();
    return new Map(documents.map((document) => [document._id.toString('hex'), toFacts(document)]));
  }

  /** Throws on a key that exists: the train's progress was wrong about what is decided. */
  async add(transaction: Transaction, keys: readonly KeyWrite[]): Promise<void> {
    if (keys.length > 0) await this.collection.insertMany(keys.map(toDocument), { session: transaction, ordered: false });
  }
}

function toBinary(id: string): Binary {
  return new Binary(Buffer.from(id, 'hex'));
}

function toDocument({ keyId, place, result, time, payloadHash }: KeyWrite): MessageKeyDocument {
  return { _id: toBinary(keyId), place, result, time, ...(payloadHash !== '' && { payload_hash: payloadHash }) };
}

function toFacts({ place, result, time, payload_hash }: MessageKeyDocument): KeyFacts {
  return { place: place as Place, result: result as Seq, time, payloadHash: payload_hash ?? '' };
}
