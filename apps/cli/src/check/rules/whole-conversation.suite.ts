import { BUCKET_SIZE } from '../../../../message/src/bucket/bucket-address.js';
import type { MessageKeyDocument } from '../../../../message/src/store/message-key.document.js';
import type { UserWindowDocument } from '../../../../message/src/store/user-window.document.js';
import type { Finding } from '../finding.js';
import { conversationOf, NOTHING_CARRIED, placedMessages, type ConversationPage } from './conversation-page.js';
import { checkPage } from './conversation-rules.js';
import { checkStrayKeys } from './key-rules.js';
import { checkSeqDocument } from './seq-rules.js';
import { checkPair, checkWindow } from './window-rules.js';

/** Everything that is stored of one conversation, as of one moment. */
export interface ConversationDocuments extends Omit<ConversationPage, 'first' | 'end'> {
  /** All of the conversation, also those of rules. */
  keys: readonly MessageKeyDocument[];
  windows: readonly UserWindowDocument[];
}

/** What can be said of one conversation as a whole. */
export function checkConversation(documents: ConversationDocuments): Finding[] {
  const { seq, windows, progress, keys } = documents;
  const page = { ...documents, first: 0, end: Math.ceil(seq.max_seq / BUCKET_SIZE) };
  const slots = new Map(placedMessages(page).map(({ seq: at, msg }) => [at as number, { ...msg, seq: at }]));
  const countedAt = (at: number) => (at === 0 ? 0 : slots.get(at)?.counted);
  return [
    ...checkSeqDocument(seq),
    ...checkPage(page, NOTHING_CARRIED).findings,
    ...checkStrayKeys(conversationOf(page), keys, slots),
    ...checkPair(seq, new Set(windows.map(({ _id }) => _id))),
    ...windows.flatMap((window) => checkWindow(window, { seq, progress, countedAtCursor: countedAt(window.read_seq) })),
  ];
}
