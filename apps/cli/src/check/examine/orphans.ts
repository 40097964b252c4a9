import type { Binary } from 'mongodb';
import type { Database } from '#storage';
import type { ConversationId } from '#contracts';
import { MSG, MSG_BODY, MSG_KEY, SEQ } from '../../../../message/src/store/message.collections.js';
import type { Finding } from '../finding.js';
import { finding } from '../rules/conversation-page.js';
import { checkOrphanBodies, checkOrphanBuckets, parseNumberedId } from '../rules/orphan-rules.js';
import { PREFIX_BYTES, prefixOf } from '../store/key-range.js';
import { idPages } from '../store/pages.js';
import type { Examination } from './examination.js';
import { hashSlices, type HashSlice } from './hash-slices.js';

const IDS_PER_PAGE = 2000;

/** What belongs to no conversation: buckets, bodies, keys. */
export async function examineOrphans(examination: Examination): Promise<void> {
  const { database } = examination;
  for (const [spec, check, what] of [
    [MSG, checkOrphanBuckets, 'buckets'],
    [MSG_BODY, checkOrphanBodies, undefined],
  ] as const) {
    for await (const ids of idPages<string>(database, spec, IDS_PER_PAGE)) {
      await examination.page(async () => ({ findings: check(ids, await maxSeqsOf(database, ids)) }));
      if (what) examination.count(what, ids.length);
    }
  }
  for (const slice of hashSlices(await database.collection(SEQ).estimatedDocumentCount())) await examineKeys(examination, slice);
}

/** Read after the ids: a conversation is there before its buckets are. */
async function maxSeqsOf(database: Database, ids: readonly string[]): Promise<Map<string, number>> {
  const conversations = [...new Set(ids.flatMap((id) => parseNumberedId(id)?.conversation ?? []))];
  const found = await database
    .collection(SEQ)
    .find({ _id: { $in: conversations } })
    .project<{ _id: string; max_seq: number }>({ max_seq: 1 })
    .toArray();
  return new Map(found.map(({ _id, max_seq }) => [_id, max_seq]));
}

/** A key tells only a hash of its conversation: the hashes of all that are there are what it is compared with. */
async function examineKeys(examination: Examination, slice: HashSlice): Promise<void> {
  const { database } = examination;
  let known = await prefixesIn(database, slice);
  const looks = { first: true };
  for await (const ids of idPages<Binary>(database, MSG_KEY, IDS_PER_PAGE, slice.from, slice.below)) {
    examination.count('keys', ids.length);
    looks.first = true;
    await examination.page(async () => {
      if (!looks.first) known = await prefixesIn(database, slice);
      looks.first = false;
      return { findings: orphanKeys(ids, known) };
    });
  }
}

async function prefixesIn(database: Database, slice: HashSlice): Promise<Set<string>> {
  const prefixes = new Set<string>();
  for await (const ids of idPages<string>(database, SEQ, IDS_PER_PAGE)) {
    for (const id of ids) {
      const prefix = prefixOf(id as ConversationId);
      if (slice.holds(prefix)) prefixes.add(prefix.toString('latin1'));
    }
  }
  return prefixes;
}

function orphanKeys(ids: readonly Binary[], known: ReadonlySet<string>): Finding[] {
  const orphans = ids.filter((id) => !known.has(Buffer.from(id.buffer).toString('latin1', 0, PREFIX_BYTES)));
  return orphans.map((id) => finding('orphans', [`msg_key ${id.toString('hex')}`], 'it belongs to no conversation'));
}
