import type { ConversationId } from '#contracts';
import { checkPage } from '../../../../apps/cli/src/check/rules/conversation-rules.js';
import { NOTHING_CARRIED } from '../../../../apps/cli/src/check/rules/conversation-page.js';
import { checkStrayKeys, messageOf, type KeptSlot } from '../../../../apps/cli/src/check/rules/key-rules.js';
import { checkSeqDocument } from '../../../../apps/cli/src/check/rules/seq-rules.js';
import type { StoredMessageDocument } from '../../../../apps/message/src/store/message-bucket.document.js';
import { digestOf } from '../../history/digest.js';
import type { Findings } from '../findings.js';
import type { StoredLog, StoredMessage } from '../run/stored-log.js';
import { addStored } from './add-stored.js';
import type { StoredConversation, StoredPage } from './stored-state.js';

const BUCKET_SIZE = 100;

export interface Found {
  buckets: number;
  bodies: number;
  keys: number;
}

/** One conversation: its slots become messages, and its documents are held against one another by the rules of `hecto check`. */
export async function loadConversation(conversation: StoredConversation, log: StoredLog, findings: Findings): Promise<Found> {
  const { seq } = conversation;
  const found: Found = { buckets: 0, bodies: 0, keys: 0 };
  log.seq = seq;
  addStored(findings, checkSeqDocument(seq));
  let carried = NOTHING_CARRIED;
  for await (const page of conversation.pages()) {
    const checked = checkPage({ seq, progress: undefined, ...page }, carried);
    carried = checked.carried;
    addStored(findings, checked.findings);
    takeMessages(conversation, page, log);
    found.buckets += page.buckets.length;
    found.bodies += page.bodies.length;
  }
  const slots = keptSlots(log);
  for await (const keys of conversation.keys()) {
    found.keys += keys.length;
    addStored(findings, checkStrayKeys(seq._id as ConversationId, keys, slots));
  }
  return found;
}

function takeMessages({ seq }: StoredConversation, page: StoredPage, log: StoredLog): void {
  for (const { index, msgs } of page.buckets) {
    msgs.forEach((slot, i) => {
      // A hole in the array is null, whatever the type says.
      const msg = (slot as typeof slot | null)?.msg;
      const at = index * BUCKET_SIZE + i + 1;
      if (msg) log.messages[at - 1] = storedMessage(at, msg, messageOf({ seq, bodies: page.bodies }, msg)?.content);
    });
  }
}

function storedMessage(seq: number, msg: StoredMessageDocument, content: string | undefined): StoredMessage {
  const { id: messageId, sender_id: senderId, client_msg_id: clientMsgId, counted } = msg;
  return { seq, messageId, senderId, clientMsgId, digest: digest(content), counted, sentAs: undefined };
}

function keptSlots(log: StoredLog): Map<number, KeptSlot> {
  const slots = new Map<number, KeptSlot>();
  for (const message of log.messages) {
    if (message) slots.set(message.seq, { seq: message.seq, sender_id: message.senderId, client_msg_id: message.clientMsgId });
  }
  return slots;
}

function digest(content: string | undefined): string {
  try {
    return content === undefined ? '' : digestOf(JSON.parse(content));
  } catch {
    return '';
  }
}
