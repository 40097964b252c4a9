import { LIMITS, problem } from '#contracts';
import { findUnsafe } from '../json/find-unsafe.js';

/** The content as the JSON text that is stored. Throws `payload_too_large` beyond 64 KiB and `invalid_request` when nested too deep. */
export function contentText(content: unknown): string {
  const text = JSON.stringify(content);
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMITS.maxContentBytes) {
    throw problem('payload_too_large', `content has ${bytes} bytes of JSON text, more than the ${LIMITS.maxContentBytes} allowed`);
  }
  const unsafe = findUnsafe(content, LIMITS.maxContentDepth);
  if (unsafe)
    throw problem('invalid_request', `content is ${unsafe.detail}`, { errors: [{ ...unsafe, pointer: `/content${unsafe.pointer}` }] });
  return text;
}
