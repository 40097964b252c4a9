/** What MongoDB is to hold, in words that can be compared. */
export interface StoredView {
  conversations: Record<string, { maxSeq: number; counted: number; dismissed: boolean; last: number }>;
  /** By conversation: its messages from seq 1 on. */
  messages: Record<string, string[]>;
  /** By hex id. */
  keys: Record<string, string>;
  /** By `<user>|<conversation>`. */
  windows: Record<string, { open: boolean; minSeq: number; changedAt: number }>;
}

export function emptyView(): StoredView {
  return { conversations: {}, messages: {}, keys: {}, windows: {} };
}

export function messageText(message: { sender: string; id: string; content: string; sentAt: number; counted: number }): string {
  return `${message.sender}/${message.id} ${message.content} at ${message.sentAt}, counted ${message.counted}`;
}

export function keyText(key: { place: number; result: number; time: number }): string {
  return `place ${key.place} result ${key.result} time ${key.time}`;
}

/** Several partitions' views in one: they share no document. */
export function mergedView(views: readonly StoredView[]): StoredView {
  const merged = emptyView();
  for (const view of views) {
    Object.assign(merged.conversations, view.conversations);
    Object.assign(merged.messages, view.messages);
    Object.assign(merged.keys, view.keys);
    Object.assign(merged.windows, view.windows);
  }
  return merged;
}
