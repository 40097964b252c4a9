import type { Document } from 'mongodb';
import type { ConversationId } from '#contracts';
import { addressOf, bucketId } from '../../../../message/src/bucket/bucket-address.js';
import { MSG, MSG_KEY } from '../../../../message/src/store/message.collections.js';
import type { MessageBucketDocument } from '../../../../message/src/store/message-bucket.document.js';
import type { MessageKeyDocument } from '../../../../message/src/store/message-key.document.js';
import type { Finding } from '../finding.js';
import type { ConversationPage } from '../rules/conversation-page.js';
import { checkStrayKeys, type KeptSlot } from '../rules/key-rules.js';
import { keysOf } from '../store/key-range.js';
import type { Snapshot } from '../store/snapshot.js';

const KEYS_PER_READ = 500;
/** Of one conversation: who has more has one cause for all of them. */
const MAX_FINDINGS = 20;

/**
 * Keys of sends without a message. As many keys of sends as messages, and every message with its key (another rule), leave none over;
 * only where the numbers differ are the keys looked at one by one.
 */
export async function strayKeys(snapshot: Snapshot, pages: readonly ConversationPage[]): Promise<Finding[]> {
  if ((await countKeys(snapshot, pages)) === messagesOf(pages)) return [];
  const findings: Finding[] = [];
  for (const page of pages) {
    if (pages.length > 1 && (await countKeys(snapshot, [page])) === messagesOf([page])) continue;
    findings.push(...(await findStrays(snapshot, page.seq._id as ConversationId)));
  }
  return findings;
}

function messagesOf(pages: readonly ConversationPage[]): number {
  return pages.reduce((sum, { seq }) => sum + seq.max_seq, 0);
}

async function countKeys(snapshot: Snapshot, pages: readonly ConversationPage[]): Promise<number> {
  if (pages.length === 0) return 0;
  const ranges = pages.map(({ seq }) => ({ _id: keysOf(seq._id as ConversationId) }));
  return snapshot.count(MSG_KEY, { $or: ranges, payload_hash: { $exists: true } });
}

async function findStrays(snapshot: Snapshot, conversation: ConversationId): Promise<Finding[]> {
  const findings: Finding[] = [];
  let range: object = keysOf(conversation);
  for (;;) {
    const keys = await snapshot.find(MSG_KEY, { _id: range }, { sort: { _id: 1 }, limit: KEYS_PER_READ });
    findings.push(...checkStrayKeys(conversation, keys, await slotsOf(snapshot, conversation, keys)));
    const last = keys.at(-1);
    if (!last || keys.length < KEYS_PER_READ || findings.length >= MAX_FINDINGS) return findings.slice(0, MAX_FINDINGS);
    range = { $gt: last._id, $lte: keysOf(conversation).$lte };
  }
}

/** Who sent what, in the buckets that these keys speak of; the contents stay where they are. */
async function slotsOf(
  snapshot: Snapshot,
  conversation: ConversationId,
  keys: readonly MessageKeyDocument[],
): Promise<Map<number, KeptSlot>> {
  const ids = new Set(keys.map(({ result }) => bucketId(conversation, addressOf(result as never).index)));
  const fields = { 'msgs.msg.seq': 1, 'msgs.msg.sender_id': 1, 'msgs.msg.client_msg_id': 1 };
  const pipeline: Document[] = [{ $match: { _id: { $in: [...ids] } } }, { $project: fields }];
  const buckets = await snapshot.aggregate<MessageBucketDocument, { msgs: unknown }>(MSG, pipeline);
  // What a damaged bucket holds is another rule's finding.
  const slots = buckets.flatMap(({ msgs }) => (Array.isArray(msgs) ? (msgs as ({ msg?: Partial<KeptSlot> } | null)[]) : []));
  const kept = slots.map((slot) => slot?.msg).filter(isKept);
  return new Map(kept.map((msg) => [msg.seq, msg]));
}

function isKept(msg: Partial<KeptSlot> | undefined): msg is KeptSlot {
  return typeof msg?.seq === 'number' && typeof msg.sender_id === 'string' && typeof msg.client_msg_id === 'string';
}
