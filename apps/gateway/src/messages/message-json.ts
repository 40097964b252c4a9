import type { Message, MessagePage } from '#contracts';
import { timeText } from '../input/time.js';

/**
 * A message as the edges show it, as JSON text: times are RFC 3339, and the content is put in as it was stored. The gateway never
 * parses what it only passes on.
 */
export function messageJson(message: Message): string {
  const { content, sentAt, createdAt, ...rest } = message;
  const head = JSON.stringify({ ...rest, sentAt: timeText(sentAt), createdAt: timeText(createdAt) });
  return `${head.slice(0, -1)},"content":${content}}`;
}

/** A page of history as JSON text. */
export function messagePageJson({ items, minSeq, maxSeq, complete }: MessagePage): string {
  return `{"items":[${items.map(messageJson).join(',')}],"minSeq":${minSeq},"maxSeq":${maxSeq},"complete":${complete}}`;
}
