import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newName } from './people.js';

const NICKNAMES = ['alice', 'Alice', 'bob_', '[opt]ik', 'ca\\rol', 'd^v', 'e`ve', '{f}|', 'G-g', 'h__h'];

/** Logs as channels have them: people who talk, come, go and change their names. Each becomes a group of its own. */
export function writeIrcLogs(folder: string, { files, lines }: { files: number; lines: number }): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: files }, (_, index) => {
    const file = join(folder, `2004-12-25.${newName('x')}.log`);
    writeFileSync(file, `${logLines(index + 1, lines).join('\n')}\n`);
    return file;
  });
}

function logLines(seed: number, count: number): string[] {
  const next = numbers(seed);
  const pick = () => NICKNAMES[next() % NICKNAMES.length] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const time = `[0${Math.floor(index / 600) % 10}:${String(Math.floor(index / 10) % 60).padStart(2, '0')}]`;
    switch (next() % 20) {
      case 0:
        return `=== ${pick()} has joined #ubuntu`;
      case 1:
        return `=== ${pick()} has left #ubuntu ["bye"]`;
      case 2:
        return `=== ${pick()} is now known as ${pick()}`;
      case 3:
        return `${time}  * ${pick()} waves at line ${index}`;
      case 4:
        return `${time} <${pick()}>`;
      case 5:
        return '=== mode/#ubuntu [+o alice]  by ChanServ';
      default:
        return `${time} <${pick()}> line ${index}: ${'ä "\\ '.repeat(next() % 8)}`;
    }
  });
}

/** The same numbers at every run (a linear congruential generator; constants of Numerical Recipes). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
