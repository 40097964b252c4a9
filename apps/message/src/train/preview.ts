import type { Message, Preview } from '#contracts';

const MAX_EXCERPT_BYTES = 256;

/** What a list shows of a message. */
export function previewOf({ seq, senderId, type, content, sentAt }: Message): Preview {
  return { seq, senderId, type, excerpt: excerptOf(content), sentAt };
}

/** The first 256 bytes of UTF-8, cut at a character. */
export function excerptOf(content: string): string {
  if (content.length <= MAX_EXCERPT_BYTES / 4) return content;
  const bytes = Buffer.from(content);
  if (bytes.length <= MAX_EXCERPT_BYTES) return content;
  let end = MAX_EXCERPT_BYTES;
  // 10xxxxxx continues a character: step back to where one begins.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
