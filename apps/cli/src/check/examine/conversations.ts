import type { ConversationId } from '#contracts';
import type { Database } from '#storage';
import { SEQ, SEQ_USER } from '../../../../message/src/store/message.collections.js';
import type { Finding } from '../finding.js';
import { NOTHING_CARRIED, isLastPage, placedMessages, type ConversationPage } from '../rules/conversation-page.js';
import { checkPage } from '../rules/conversation-rules.js';
import { checkSeqDocument } from '../rules/seq-rules.js';
import { checkPair, pairIds } from '../rules/window-rules.js';
import { loadPages, type Cut } from '../store/conversation-pages.js';
import { inSnapshot, type Snapshot } from '../store/snapshot.js';
import { steadily } from '../store/steadily.js';
import type { Examination } from './examination.js';
import { strayKeys } from './stray-keys.js';

const IDS_PER_READ = 200;
/** Messages that are looked at together. */
const PAGE_MESSAGES = 500;

/** Every conversation, or the one that is named: its numbers, buckets, keys, bodies, counts and preview. */
export async function examineConversations(examination: Examination, only?: ConversationId): Promise<void> {
  for await (const batch of batches(examination.database, only)) {
    let cuts = batch.map((conversation): Cut => ({ conversation, first: 0, carried: NOTHING_CARRIED }));
    while (cuts.length > 0) {
      const { next, seen } = await examination.page(() => lookAt(examination.database, cuts));
      for (const [what, count] of Object.entries(seen)) examination.count(what as keyof Seen, count);
      cuts = next;
    }
  }
}

type Seen = Record<'conversations' | 'messages' | 'bodies', number>;

interface Looked {
  findings: Finding[];
  seen: Seen;
  /** Where those go on that have more. */
  next: Cut[];
}

async function lookAt(database: Database, cuts: readonly Cut[]): Promise<Looked> {
  return inSnapshot(database, async (snapshot) => {
    const looked: Looked = { findings: [], next: [], seen: { conversations: 0, messages: 0, bodies: 0 } };
    const loaded = await loadPages(snapshot, cuts);
    const ended = loaded.map(({ page }) => page).filter(isLastPage);
    for (const { cut, page } of loaded) {
      const { findings, carried } = checkPage(page, cut.carried);
      looked.findings.push(...findings);
      if (!isLastPage(page)) looked.next.push({ ...cut, first: page.end, carried });
      looked.seen.messages += placedMessages(page).length;
      looked.seen.bodies += page.bodies.length;
    }
    looked.seen.conversations = ended.length;
    looked.findings.push(...ended.flatMap(({ seq }) => checkSeqDocument(seq)), ...(await checkPairs(snapshot, ended)));
    looked.findings.push(...(await strayKeys(snapshot, ended)));
    return looked;
  });
}

async function checkPairs(snapshot: Snapshot, pages: readonly ConversationPage[]): Promise<Finding[]> {
  const wanted = pages.flatMap(({ seq }) => pairIds(seq));
  const found = await snapshot.find(SEQ_USER, { _id: { $in: wanted } }, { projection: { _id: 1 } });
  const there = new Set(found.map(({ _id }) => _id));
  return pages.flatMap(({ seq }) => checkPair(seq, there));
}

/** Small conversations together, as many as have a page's messages. */
async function* batches(database: Database, only: ConversationId | undefined): AsyncGenerator<ConversationId[]> {
  if (only !== undefined) {
    yield [only];
    return;
  }
  let batch: ConversationId[] = [];
  let messages = 0;
  for await (const { conversation, maxSeq } of conversations(database)) {
    if (batch.length > 0 && messages + maxSeq > PAGE_MESSAGES) {
      yield batch;
      [batch, messages] = [[], 0];
    }
    batch.push(conversation);
    messages += Math.max(1, maxSeq);
  }
  if (batch.length > 0) yield batch;
}

async function* conversations(database: Database): AsyncGenerator<{ conversation: ConversationId; maxSeq: number }> {
  for (let after = ''; ;) {
    const page = await steadily(() => numbersBehind(database, after));
    for (const { _id, max_seq } of page) yield { conversation: _id as ConversationId, maxSeq: max_seq };
    const last = page.at(-1);
    if (!last || page.length < IDS_PER_READ) return;
    after = last._id;
  }
}

function numbersBehind(database: Database, after: string): Promise<{ _id: string; max_seq: number }[]> {
  const query = database.collection(SEQ).find({ _id: { $gt: after } });
  return query.project<{ _id: string; max_seq: number }>({ max_seq: 1 }).sort({ _id: 1 }).limit(IDS_PER_READ).toArray();
}
