import { LIMITS, type Message } from '#contracts';
import type { PageEnd } from './history-range.js';

/** As many messages as fit in a page's bytes, from the end that stays; always at least one. */
export function withinBudget(messages: readonly Message[], keep: PageEnd, maxBytes: number = LIMITS.maxPageBytes): Message[] {
  const ordered = keep === 'first' ? [...messages] : [...messages].reverse();
  let bytes = 0;
  const fitting = ordered.findIndex((message) => (bytes += sizeOf(message)) > maxBytes);
  const kept = fitting === -1 ? ordered : ordered.slice(0, Math.max(1, fitting));
  return keep === 'first' ? kept : kept.reverse();
}

/** As the page travels: content is JSON text, and escaped once more within JSON. */
function sizeOf(message: Message): number {
  return Buffer.byteLength(JSON.stringify(message));
}
