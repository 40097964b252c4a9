import type { MessageBucketDocument } from '../../../../apps/message/src/store/message-bucket.document.js';
import type { SeqDocument } from '../../../../apps/message/src/store/seq.document.js';
import type { UserWindowDocument } from '../../../../apps/message/src/store/user-window.document.js';
import type { Documents } from '../mongo/documents.js';
import { emptyView, keyText, messageText, type StoredView } from './partition-view.js';

const BUCKET_SIZE = 100;

/** What the documents say; throws when they are not even laid out as they must be. */
export function storedView(documents: Documents): StoredView {
  const view = emptyView();
  for (const { _id, max_seq, counted, dismissed, last } of all<SeqDocument>(documents, 'seq')) {
    view.conversations[_id] = { maxSeq: max_seq, counted, dismissed: dismissed === true, last: last?.seq ?? 0 };
  }
  for (const bucket of all<MessageBucketDocument>(documents, 'msg')) view.messages[bucket.conversation_id] = messagesOf(bucket);
  for (const key of all<{ _id: string; place: number; result: number; time: number }>(documents, 'msg_key')) {
    view.keys[key._id.slice(key._id.indexOf(':') + 1)] = keyText(key);
  }
  for (const { _id, closed, min_seq, changed_at } of all<UserWindowDocument>(documents, 'seq_user')) {
    view.windows[_id] = { open: closed !== true, minSeq: min_seq, changedAt: changed_at };
  }
  return view;
}

/** By partition; 0 where nothing was decided. */
export function progressOf(documents: Documents, partitions: number): number[] {
  return Array.from({ length: partitions }, (_, partition) => {
    const progress = documents.progress?.[`message.send.v1/${partition}`];
    return Number(progress?.offset ?? 0);
  });
}

/** Small logs stay within their first bucket. */
function messagesOf({ _id, index, msgs }: MessageBucketDocument): string[] {
  if (index !== 0 || msgs.length > BUCKET_SIZE) throw new Error(`bucket ${_id} is not laid out as it must be`);
  return msgs.map(({ msg }, slot) => {
    if (msg.seq !== slot + 1) throw new Error(`slot ${slot} of ${_id} holds seq ${msg.seq}`);
    const { sender_id, client_msg_id, content = '', sent_at, counted } = msg;
    return messageText({ sender: sender_id, id: client_msg_id, content, sentAt: sent_at, counted });
  });
}

function all<D>(documents: Documents, collection: string): D[] {
  return Object.values(documents[collection] ?? {}) as unknown as D[];
}
