import { BUCKET_SIZE, bucketId, seqAt } from '../../../../message/src/bucket/bucket-address.js';
import type { MessageBucketDocument, StoredMessageDocument } from '../../../../message/src/store/message-bucket.document.js';
import type { Finding } from '../finding.js';
import { bucketName, conversationOf, finding, isWhole, placedMessages, slotsOf, type ConversationPage } from './conversation-page.js';

/** Seqs are dense: each from 1 to max_seq lies in its slot of its bucket, none beyond; no client's message id is there twice. */
export function checkBuckets(page: ConversationPage): Finding[] {
  const byId = new Map(page.buckets.map((bucket) => [bucket._id, bucket]));
  const wanted = Array.from({ length: page.end - page.first }, (_, i) => page.first + i);
  const missing = wanted.flatMap((index) => checkThere(page, index, byId.get(bucketId(conversationOf(page), index))));
  return [...missing, ...page.buckets.flatMap((bucket) => checkLayout(page, bucket)), ...checkDoubled(page)];
}

function checkThere({ seq }: ConversationPage, index: number, bucket: MessageBucketDocument | undefined): Finding[] {
  const slots = slotsOf(seq.max_seq, index);
  if (bucket || slots === 0) return [];
  const first = seqAt({ index, slot: 0 });
  return [finding('buckets', [bucketName(seq._id, index)], `the bucket of the seqs ${first} to ${first + slots - 1} is missing`)];
}

function checkLayout(page: ConversationPage, bucket: MessageBucketDocument): Finding[] {
  const { seq } = page;
  const name = `msg ${bucket._id}`;
  const { index, msgs } = bucket;
  if (bucket.conversation_id !== seq._id || bucket._id !== bucketId(conversationOf(page), index)) {
    return [finding('buckets', [name], `its fields say bucket ${index} of ${bucket.conversation_id}`)];
  }
  if (!Array.isArray(msgs)) return [finding('buckets', [name], 'its msgs are no array')];
  const wanted = slotsOf(seq.max_seq, index);
  const findings: Finding[] = [];
  if (msgs.length > BUCKET_SIZE) findings.push(finding('buckets', [name], `it has ${msgs.length} slots, more than ${BUCKET_SIZE}`));
  if (msgs.length > wanted) {
    const beyond = `it holds ${msgs.length} messages, though max_seq is ${seq.max_seq}: ${msgs.length - wanted} too many`;
    findings.push(finding('seqs', [name, `seq ${seq._id}`], beyond));
  }
  return [...findings, ...checkSlots(bucket, wanted)];
}

/** Where one message is gone, all behind it have moved: one finding says it. */
function checkSlots(bucket: MessageBucketDocument, wanted: number): Finding[] {
  const problems = Array.from({ length: wanted }, (_, slot) => ({ slot, what: problemOf(bucket, slot) })).filter(({ what }) => what);
  const [first] = problems;
  if (!first?.what) return [];
  const more = problems.length > 1 ? `; ${problems.length - 1} more of its slots are wrong too` : '';
  return [finding('seqs', [`msg ${bucket._id}`, `slot ${first.slot}`], `${first.what}${more}`)];
}

function problemOf({ index, msgs }: MessageBucketDocument, slot: number): string | undefined {
  const seq = seqAt({ index, slot });
  // A hole in the array is null, whatever the type says.
  const msg = (msgs[slot] as { msg?: StoredMessageDocument } | null | undefined)?.msg;
  if (msg?.seq === seq) return isWhole(msg) ? undefined : `the message of seq ${seq} lacks fields`;
  const instead = msg === undefined ? 'is empty or missing' : `holds seq ${msg.seq}`;
  return `slot ${slot}, of seq ${seq}, ${instead}`;
}

function checkDoubled(page: ConversationPage): Finding[] {
  const firsts = new Map<string, number>();
  const findings: Finding[] = [];
  for (const { seq, bucket, msg } of placedMessages(page)) {
    const id = `${msg.sender_id} ${msg.client_msg_id}`;
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, seq);
    else {
      const detail = `the seqs ${first} and ${seq} are both the message ${msg.client_msg_id} of ${msg.sender_id}`;
      findings.push(finding('keys', [`msg ${bucket}`, `seq ${seq}`], detail));
    }
  }
  return findings;
}
