import type { AnyBulkWriteOperation, Collection, Filter } from 'mongodb';
import type { ConversationId, Place, Seq, UserId } from '#contracts';
import type { Database, Transaction } from '#storage';
import { windowKey } from '../train/train-state.js';
import type { WindowWrite } from '../train/train-writes.js';
import { SEQ_USER } from './message.collections.js';
import type { UserWindowDocument } from './user-window.document.js';

export interface UserWindow {
  conversationId: ConversationId;
  userId: UserId;
  open: boolean;
  minSeq: Seq;
  changedAt: Place;
  openedAt: number;
  readSeq: Seq;
  readCounted: number;
}

export interface WindowId {
  conversationId: ConversationId;
  userId: UserId;
}

export interface CursorMove extends WindowId {
  readSeq: Seq;
  /** Messages that count as unread, up to readSeq. */
  readCounted: number;
}

/** Who may read what, and has read how far. Windows are written by trains alone, cursors by `$max`. */
export class UserWindowRepository {
  private readonly collection: Collection<UserWindowDocument>;

  constructor(database: Database) {
    this.collection = database.collection(SEQ_USER);
  }

  /** By `<user>|<conversation>`; those that never were are left out, closed ones are not. */
  async load(ids: readonly WindowId[]): Promise<Map<string, UserWindow>> {
    if (ids.length === 0) return new Map();
    const users = [...new Set(ids.map(({ userId }) => userId))];
    const documents = await this.collection.find({ _id: { $in: ids.map(idOf) }, user_id: { $in: users } }).toArray();
    return new Map(documents.map((document) => [document._id, toWindow(document)]));
  }

  async find(id: WindowId): Promise<UserWindow | undefined> {
    const document = await this.collection.findOne({ _id: idOf(id), user_id: id.userId });
    return document ? toWindow(document) : undefined;
  }

  /** A user's open windows, by conversation id, from behind `after` on. */
  listOpen(userId: UserId, after: ConversationId | undefined, limit: number): Promise<UserWindow[]> {
    return this.page({ user_id: userId, closed: { $exists: false } }, after, limit);
  }

  /** A user's windows, open or closed, by conversation id, from behind `after` on. */
  list(userId: UserId, after: ConversationId | undefined, limit: number): Promise<UserWindow[]> {
    return this.page({ user_id: userId }, after, limit);
  }

  async change(transaction: Transaction, writes: readonly WindowWrite[]): Promise<void> {
    if (writes.length > 0) await this.collection.bulkWrite(writes.map(toOperation), { session: transaction, ordered: true });
  }

  /** Moves cursors forward; one that is further already stays. */
  async advanceCursors(moves: readonly CursorMove[]): Promise<void> {
    if (moves.length === 0) return;
    const operations = moves.map((move) => ({
      updateOne: {
        filter: { _id: idOf(move), user_id: move.userId },
        update: { $max: { read_seq: move.readSeq, read_counted: move.readCounted } },
      },
    }));
    await this.collection.bulkWrite(operations, { ordered: false });
  }

  private async page(whose: Filter<UserWindowDocument>, after: ConversationId | undefined, limit: number): Promise<UserWindow[]> {
    const filter = { ...whose, ...(after !== undefined && { conversation_id: { $gt: after as string } }) };
    const documents = await this.collection.find(filter).sort({ conversation_id: 1 }).limit(limit).toArray();
    return documents.map(toWindow);
  }
}

function idOf({ userId, conversationId }: WindowId): string {
  return windowKey(conversationId, userId);
}

function toOperation(write: WindowWrite): AnyBulkWriteOperation<UserWindowDocument> {
  const { conversationId, userId, open, minSeq, changedAt, time, readSeq, readCounted } = write;
  const filter = { _id: idOf(write), user_id: userId as string };
  if (!open) return { updateOne: { filter, update: { $set: { closed: true, changed_at: changedAt } } } };
  const update = {
    $set: { conversation_id: conversationId, min_seq: minSeq, changed_at: changedAt, opened_at: time },
    $unset: { closed: '' },
    $max: { read_seq: readSeq, read_counted: readCounted },
  } as const;
  return { updateOne: { filter, update, upsert: true } };
}

function toWindow(document: UserWindowDocument): UserWindow {
  return {
    conversationId: document.conversation_id as ConversationId,
    userId: document.user_id as UserId,
    open: document.closed !== true,
    minSeq: document.min_seq as Seq,
    changedAt: document.changed_at as Place,
    openedAt: document.opened_at,
    readSeq: document.read_seq as Seq,
    readCounted: document.read_counted,
  };
}
