import type { StoredLog } from './stored-log.js';

/** Where a seq lies and what is there, as people look for it. */
export function slotOf(log: StoredLog, seq: number): string {
  const message = log.at(seq);
  const place = `msg ${log.id}:${Math.floor((seq - 1) / 100)} slot ${(seq - 1) % 100} (seq ${seq})`;
  if (!message) return `${place} is empty`;
  return `${place} holds ${message.clientMsgId} of ${message.senderId}, id ${message.messageId}, digest ${message.digest}`;
}
