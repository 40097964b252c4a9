import type { Operation } from '../history/history.js';

/** As many cursors as a `connect` or a `sync` takes. */
export const MAX_CURSORS = 200;

export type Portion = Pick<Extract<Operation, { type: 'sync' }>, 'cursors' | 'after' | 'through'>;

/** Cursors by ranges of conversation ids, as many as one `sync` takes; the last range is open, so that new ones are found. */
export function portionsOf(cursors: Record<string, number>): Portion[] {
  const entries = Object.entries(cursors).sort(([a], [b]) => (a < b ? -1 : 1));
  const portions: Portion[] = [];
  let after: string | undefined;
  do {
    const range = entries.splice(0, MAX_CURSORS);
    const through = entries.length > 0 ? range.at(-1)?.[0] : undefined;
    portions.push({
      cursors: Object.fromEntries(range),
      ...(after !== undefined && { after }),
      ...(through !== undefined && { through }),
    });
    after = through;
  } while (entries.length > 0);
  return portions;
}

/** What is left of a portion whose answer was not complete. */
export function restOf(portion: Portion, next: string): Portion {
  const cursors = Object.fromEntries(Object.entries(portion.cursors).filter(([conversationId]) => conversationId > next));
  return { ...portion, cursors, after: next };
}
