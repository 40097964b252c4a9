import type { Collection, AnyBulkWriteOperation } from 'mongodb';
import type { ConversationId, Preview, Seq, UserId } from '#contracts';
import type { Database, Transaction } from '#storage';
import type { ConversationFacts } from '../train/train-state.js';
import type { ConversationWrite } from '../train/train-writes.js';
import { SEQ } from './message.collections.js';
import type { PreviewDocument, SeqDocument } from './seq.document.js';

/** What readers ask of a conversation's numbers. */
export interface ConversationNumbers extends ConversationFacts {
  minSeq: Seq;
  createdAt: number;
}

/** The seqs of each conversation. Written by trains alone. */
export class SeqRepository {
  private readonly collection: Collection<SeqDocument>;

  constructor(database: Database) {
    this.collection = database.collection(SEQ);
  }

  async load(ids: readonly ConversationId[]): Promise<Map<ConversationId, ConversationNumbers>> {
    if (ids.length === 0) return new Map();
    const documents = await this.collection.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(documents.map((document) => [document._id as ConversationId, toNumbers(document)]));
  }

  /** Allocates the train's seqs: one `$inc` per conversation. */
  async allocate(transaction: Transaction, writes: readonly ConversationWrite[]): Promise<void> {
    if (writes.length > 0) await this.collection.bulkWrite(writes.map(toOperation), { session: transaction, ordered: false });
  }
}

function toOperation(write: ConversationWrite): AnyBulkWriteOperation<SeqDocument> {
  const { conversationId, created, seqs, counted, last, dismissed } = write;
  const set = { ...(last && { last: toPreviewDocument(last) }), ...(dismissed && { dismissed: true as const }) };
  const update = {
    $inc: { max_seq: seqs, counted },
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(created && { $setOnInsert: { min_seq: 1, created_at: created.at, ...(created.members && { members: created.members }) } }),
  };
  // The filter is the _id alone: any other term would leave MongoDB's fast path (the train's progress has compared already).
  return { updateOne: { filter: { _id: conversationId }, update, upsert: created !== undefined } };
}

function toNumbers({ max_seq, min_seq, counted, dismissed, last, created_at }: SeqDocument): ConversationNumbers {
  return {
    maxSeq: max_seq as Seq,
    minSeq: min_seq as Seq,
    counted,
    dismissed: dismissed === true,
    last: last && toPreview(last),
    createdAt: created_at,
  };
}

function toPreview({ seq, sender_id, type, excerpt, sent_at }: PreviewDocument): Preview {
  return { seq: seq as Seq, senderId: sender_id as UserId, type, excerpt, sentAt: sent_at };
}

function toPreviewDocument({ seq, senderId, type, excerpt, sentAt }: Preview): PreviewDocument {
  return { seq, sender_id: senderId, type, excerpt, sent_at: sentAt };
}
