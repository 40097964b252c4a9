import { placeOf, type ConversationId, type Place, type Seq } from '#contracts';
import { BUCKET_SIZE, bucketId, seqAt } from '../../../../message/src/bucket/bucket-address.js';
import type { MessageBodyDocument } from '../../../../message/src/store/message-body.document.js';
import type { MessageBucketDocument, StoredMessageDocument } from '../../../../message/src/store/message-bucket.document.js';
import type { MessageKeyDocument } from '../../../../message/src/store/message-key.document.js';
import type { PreviewDocument, SeqDocument } from '../../../../message/src/store/seq.document.js';
import type { Finding, Rule } from '../finding.js';

/** Some buckets of a conversation, and what belongs to them, all as of one moment. */
export interface ConversationPage {
  seq: SeqDocument;
  /** The page covers the buckets from this index … */
  first: number;
  /** … to before this one. */
  end: number;
  /** Those that are there; of the last page, also what may lie behind it. */
  buckets: readonly MessageBucketDocument[];
  /** Those that are there of these buckets' seqs. */
  bodies: readonly MessageBodyDocument[];
  /** Those that are there of the keys that these slots must have. More do no harm. */
  keys: readonly MessageKeyDocument[];
  /** Where the conversation's partition stands; undefined: not known. */
  progress: { epoch: number; offset: number } | undefined;
}

/** What the pages before say to the next. */
export interface Carried {
  counted: number;
  place: number;
  /** Of the last message that shows. */
  shown: PreviewDocument | undefined;
}

export const NOTHING_CARRIED: Carried = { counted: 0, place: -1, shown: undefined };

/** A slot that is where its seq says. */
export interface PlacedMessage {
  seq: Seq;
  bucket: string;
  msg: StoredMessageDocument;
}

export function conversationOf(page: Pick<ConversationPage, 'seq'>): ConversationId {
  return page.seq._id as ConversationId;
}

export function isLastPage({ seq, end }: ConversationPage): boolean {
  return seq.max_seq <= end * BUCKET_SIZE;
}

/** How many slots the bucket must have. */
export function slotsOf(maxSeq: number, index: number): number {
  return Math.min(Math.max(maxSeq - index * BUCKET_SIZE, 0), BUCKET_SIZE);
}

/** The messages of the page that are where they belong; what is elsewhere is the bucket rule's business. */
export function placedMessages(page: ConversationPage): PlacedMessage[] {
  return page.buckets.flatMap(({ _id, index, msgs }) => {
    if (!Array.isArray(msgs) || index < page.first || index >= page.end) return [];
    return msgs.slice(0, slotsOf(page.seq.max_seq, index)).flatMap((document, slot) => {
      const msg = (document as { msg?: StoredMessageDocument } | null)?.msg;
      const seq = seqAt({ index, slot });
      return msg?.seq === seq && isWhole(msg) ? [{ seq, bucket: _id, msg }] : [];
    });
  });
}

/** Whether what the rules need is there at all. */
export function isWhole(msg: StoredMessageDocument): boolean {
  const texts = [msg.id, msg.client_msg_id, msg.sender_id];
  const numbers = [msg.type, msg.sent_at, msg.counted];
  return texts.every((text) => typeof text === 'string') && numbers.every((number) => typeof number === 'number');
}

/** Everything below is decided. */
export function decidedBelow(progress: ConversationPage['progress']): Place | undefined {
  return progress && placeOf(progress.epoch, progress.offset);
}

export function seqName(conversation: string): string {
  return `seq ${conversation}`;
}

export function bucketName(conversation: string, index: number): string {
  return `msg ${bucketId(conversation as ConversationId, index)}`;
}

export function finding(rule: Rule, documents: readonly string[], detail: string): Finding {
  return { rule, documents, detail };
}
