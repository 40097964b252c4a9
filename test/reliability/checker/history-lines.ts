import type { HistoryLine } from '../history/history.js';
import { readHistory } from '../history/read-history.js';

/** A file of JSON lines, or the lines themselves. They are gone through twice when something is found. */
export type HistorySource = string | Iterable<HistoryLine>;

/** The lines with their numbers, from 1 on. */
export async function* historyLines(source: HistorySource): AsyncGenerator<[number, HistoryLine]> {
  let number = 0;
  if (typeof source === 'string') for await (const line of readHistory(source)) yield [(number += 1), line];
  else for (const line of source) yield [(number += 1), line];
}

/** These lines alone. */
export async function pickLines(source: HistorySource, wanted: ReadonlySet<number>): Promise<Map<number, HistoryLine>> {
  const found = new Map<number, HistoryLine>();
  if (wanted.size === 0) return found;
  for await (const [number, line] of historyLines(source)) if (wanted.has(number)) found.set(number, line);
  return found;
}
