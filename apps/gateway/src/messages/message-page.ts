import type { MessagePage } from '#contracts';
import { messageText } from '../delivery/message-text.js';

/** A page of history as JSON text, put together without parsing any content. */
export function messagePageText({ items, minSeq, maxSeq, complete }: MessagePage): string {
  return `{"items":[${items.map(messageText).join(',')}],"minSeq":${minSeq},"maxSeq":${maxSeq},"complete":${complete}}`;
}
