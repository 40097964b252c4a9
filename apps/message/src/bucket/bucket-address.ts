import type { ConversationId, Seq } from '#contracts';

/** Messages of one document of `msg`. */
export const BUCKET_SIZE = 100;

/** Where a seq lies: the document `conversationID:index`, and the place in its array. */
export interface BucketAddress {
  index: number;
  slot: number;
}

export function addressOf(seq: Seq): BucketAddress {
  return { index: Math.floor((seq - 1) / BUCKET_SIZE), slot: (seq - 1) % BUCKET_SIZE };
}

export function seqAt({ index, slot }: BucketAddress): Seq {
  return (index * BUCKET_SIZE + slot + 1) as Seq;
}

export function bucketId(conversation: ConversationId, index: number): string {
  return `${conversation}:${index}`;
}

/** The indexes of the buckets that hold the seqs from `from` to `to`, both inclusive. */
export function bucketsBetween(from: Seq, to: Seq): number[] {
  const first = addressOf(from).index;
  const last = addressOf(to).index;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
