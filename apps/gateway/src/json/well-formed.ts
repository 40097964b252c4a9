import { toUSVString } from 'node:util';

/** Whether every surrogate has its other half: only then can UTF-8 carry the text. */
export function isWellFormed(text: string): boolean {
  return toUSVString(text) === text;
}
