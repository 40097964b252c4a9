import { Binary } from 'mongodb';
import type { ConversationId } from '#contracts';
import { BUCKET_SIZE, bucketId } from '../../../../message/src/bucket/bucket-address.js';
import { MSG, MSG_BODY, MSG_KEY, SEQ } from '../../../../message/src/store/message.collections.js';
import type { MessageBucketDocument } from '../../../../message/src/store/message-bucket.document.js';
import { bodyId } from '../../../../message/src/store/message-slot.mapper.js';
import type { SeqDocument } from '../../../../message/src/store/seq.document.js';
import { placedMessages, type Carried, type ConversationPage } from '../rules/conversation-page.js';
import { keyIdOf } from '../rules/key-rules.js';
import type { Snapshot } from './snapshot.js';
import { StoredProgress } from './stored-progress.js';

/** With at most 100 messages of at most 70 KB each in a bucket, a page stays below 50 MB; mostly it is far smaller. */
const PAGE_BUCKETS = 5;

/** Where the next page of a conversation begins. */
export interface Cut {
  conversation: ConversationId;
  /** Index of a bucket. */
  first: number;
  carried: Carried;
}

/** A page of each of these conversations, all of one moment; those that are gone are left out. */
export async function loadPages(snapshot: Snapshot, cuts: readonly Cut[]): Promise<{ cut: Cut; page: ConversationPage }[]> {
  const progress = await StoredProgress.read(snapshot);
  const seqs = await snapshot.find(SEQ, { _id: { $in: cuts.map(({ conversation }) => conversation) } });
  const seqOf = new Map(seqs.map((seq) => [seq._id, seq]));
  const pages = cuts.flatMap((cut) => {
    const seq = seqOf.get(cut.conversation);
    return seq ? [{ cut, page: emptyPage(seq, cut.first, progress) }] : [];
  });
  await fill(
    snapshot,
    pages.map(({ page }) => page),
  );
  return pages;
}

type Filling = ConversationPage & { buckets: MessageBucketDocument[] };

function emptyPage(seq: SeqDocument, first: number, progress: StoredProgress): Filling {
  const end = Math.min(first + PAGE_BUCKETS, Math.max(first, Math.ceil(seq.max_seq / BUCKET_SIZE)));
  return { seq, first, end, buckets: [], bodies: [], keys: [], progress: progress.of(seq._id) };
}

async function fill(snapshot: Snapshot, pages: readonly Filling[]): Promise<void> {
  const buckets = await snapshot.find(MSG, { _id: { $in: pages.flatMap(bucketIds) } }, { sort: { index: 1 } });
  for (const page of pages) page.buckets = buckets.filter(({ _id }) => _id.startsWith(`${page.seq._id}:`));
  const bodies = await snapshot.find(MSG_BODY, { _id: { $in: pages.flatMap(bodyIds) } });
  const keys = await snapshot.find(MSG_KEY, { _id: { $in: pages.flatMap(keyIds) } });
  for (const page of pages) Object.assign(page, { bodies: bodies.filter(({ _id }) => _id.startsWith(`${page.seq._id}:`)), keys });
}

/** And one behind the last: there must be none. */
function bucketIds({ seq, first, end }: ConversationPage): string[] {
  const isLast = seq.max_seq <= end * BUCKET_SIZE;
  const count = end - first + (isLast ? 1 : 0);
  return Array.from({ length: count }, (_, i) => bucketId(seq._id as ConversationId, first + i));
}

/** Of every seq: a body that no slot names must not be there. */
function bodyIds({ seq, first, end }: ConversationPage): string[] {
  const from = first * BUCKET_SIZE + 1;
  const to = Math.min(seq.max_seq, end * BUCKET_SIZE);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => bodyId(seq._id as ConversationId, from + i));
}

function keyIds(page: ConversationPage): Binary[] {
  const ids = placedMessages(page).map(({ msg }) => keyIdOf(page.seq._id as ConversationId, msg));
  return ids.map((id) => new Binary(Buffer.from(id, 'hex')));
}
