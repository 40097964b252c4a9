import { BUCKET_SIZE } from '../../../../message/src/bucket/bucket-address.js';
import { previewOf } from '../../../../message/src/train/preview.js';
import { toMessage } from '../../../../message/src/store/message-slot.mapper.js';
import type { PreviewDocument } from '../../../../message/src/store/seq.document.js';
import type { Finding } from '../finding.js';
import {
  conversationOf,
  finding,
  isLastPage,
  placedMessages,
  seqName,
  type Carried,
  type ConversationPage,
  type PlacedMessage,
} from './conversation-page.js';
import { messageOf } from './key-rules.js';

const MAX_EXCERPT_BYTES = 256;
const NO_BODY = { _id: '', content: '' };

/** Each message that counts as unread raises the count by one; the last one's is the conversation's. */
export function checkCounts(page: ConversationPage, carried: number): { findings: Finding[]; counted: number } {
  const findings: Finding[] = [];
  let counted = carried;
  let before = page.first * BUCKET_SIZE;
  for (const { seq, bucket, msg } of placedMessages(page)) {
    const wanted = counted + (msg.options?.['unreadCount'] === false ? 0 : 1);
    // Behind a gap, which is another rule's finding, nothing can be said.
    if (msg.counted !== wanted && seq === before + 1) {
      findings.push(finding('counts', [`msg ${bucket}`, `seq ${seq}`], `seq ${seq} says ${msg.counted} counted so far, it is ${wanted}`));
    }
    counted = msg.counted;
    before = seq;
  }
  if (isLastPage(page) && page.seq.counted !== counted) {
    const detail = `it says ${page.seq.counted} messages count as unread, its messages say ${counted}`;
    findings.push(finding('counts', [seqName(page.seq._id)], detail));
  }
  return { findings, counted };
}

/** The preview is that of the last message that shows: one whose sender didn't switch that off. */
export function checkPreview(page: ConversationPage, carried: Carried['shown']): { findings: Finding[]; shown: Carried['shown'] } {
  const last = placedMessages(page).findLast(({ msg }) => msg.options?.['conversationUpdate'] !== false);
  const shown = last ? previewDocument(page, last.msg) : carried;
  if (!isLastPage(page)) return { shown, findings: [] };
  const problems = differences(page.seq.last, shown);
  return { shown, findings: problems.map((what) => finding('previews', [seqName(page.seq._id)], what)) };
}

function differences(stored: PreviewDocument | undefined, wanted: PreviewDocument | undefined): string[] {
  if (!stored || !wanted) {
    if (stored) return [`it shows seq ${stored.seq}, though no message is to be shown`];
    return wanted ? [`it shows nothing, though seq ${wanted.seq} is to be shown`] : [];
  }
  if (stored.seq !== wanted.seq) return [`it shows seq ${stored.seq}, the last message to be shown is seq ${wanted.seq}`];
  const bytes = Buffer.byteLength(stored.excerpt);
  if (bytes > MAX_EXCERPT_BYTES) return [`its excerpt has ${bytes} bytes, more than ${MAX_EXCERPT_BYTES}`];
  const fields = (['sender_id', 'type', 'excerpt', 'sent_at'] as const).filter((field) => stored[field] !== wanted[field]);
  return fields.map((field) => `the ${field} of the preview is not that of seq ${wanted.seq}`);
}

function previewDocument(page: ConversationPage, msg: PlacedMessage['msg']): PreviewDocument {
  const whole = messageOf(page, msg);
  const { seq, senderId, type, excerpt, sentAt } = previewOf(whole ?? toMessage(conversationOf(page), { msg }, NO_BODY));
  // That the body is missing is another rule's finding.
  return { seq, sender_id: senderId, type, excerpt: whole ? excerpt : (page.seq.last?.excerpt ?? ''), sent_at: sentAt };
}
