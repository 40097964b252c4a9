import type { Message } from '#contracts';

/** A message as both edges show it, as JSON text. The content is spliced in as it was sent: nobody parses it on the way. */
export function messageText(message: Message): string {
  const { content, sentAt, createdAt, ...rest } = message;
  const shown = { ...rest, sentAt: new Date(sentAt).toISOString(), createdAt: new Date(createdAt).toISOString() };
  return `${JSON.stringify(shown).slice(0, -1)},"content":${content}}`;
}
