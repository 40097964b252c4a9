import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { HistoryLine } from './history.js';

/** The lines of a history file in their order. A last line that its writer did not finish is left out. */
export async function* readHistory(path: string): AsyncGenerator<HistoryLine> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let number = 0;
  let torn: Error | undefined;
  for await (const text of lines) {
    number += 1;
    if (torn) throw torn;
    try {
      yield JSON.parse(text) as HistoryLine;
    } catch (cause) {
      torn = new Error(`line ${number} of ${path} is no JSON: ${text.slice(0, 80)}`, { cause });
    }
  }
}

export async function readWholeHistory(path: string): Promise<HistoryLine[]> {
  const all: HistoryLine[] = [];
  for await (const line of readHistory(path)) all.push(line);
  return all;
}
