import type { Dice } from './dice.js';

type Mutation = (bytes: Buffer, dice: Dice) => Buffer;

const NUMBERS = ['-1', '1e400', '1.5', '9007199254740993', '1'.repeat(400), '-0', '0x10', '1e-400'];
const TEXTS = ['"\\ud800"', '"__proto__"', '""', `"${'é'.repeat(300)}"`, '"\\u0000"', 'null', '[]', '{}', 'true', '{"__proto__":1}'];

const MUTATIONS: readonly Mutation[] = [
  (bytes, dice) => withByte(bytes, dice.below(bytes.length), (byte) => byte ^ (1 << dice.below(8))),
  (bytes, dice) => withByte(bytes, dice.below(bytes.length), () => dice.below(256)),
  (bytes, dice) => splice(bytes, dice.below(bytes.length), 0, dice.bytes(1 + dice.below(4))),
  (bytes, dice) => splice(bytes, dice.below(bytes.length), 1 + dice.below(8), Buffer.alloc(0)),
  (bytes, dice) => bytes.subarray(0, dice.below(bytes.length)),
  (bytes, dice) => repeated(bytes, dice),
  (bytes, dice) => replaced(bytes, /-?\d+(\.\d+)?/g, dice.pick(NUMBERS), dice),
  (bytes, dice) => replaced(bytes, /"[^"]*"/g, dice.pick(TEXTS), dice),
  (bytes, dice) =>
    replaced(bytes, /"[A-Za-z]+":/g, dice.pick(['"__proto__":', '"constructor":', '"":', '"type":', '"id":', '"data":']), dice),
  (bytes, dice) => nested(bytes, 1 + dice.below(60)),
  (bytes, dice) => nested(bytes, 10_000 + dice.below(50_000)),
];

/** The text after one to four random changes; it may well be valid still. */
export function mutated(text: string, dice: Dice): Buffer {
  let bytes = Buffer.from(text);
  for (let rounds = 1 + dice.below(4); rounds > 0 && bytes.length > 0; rounds -= 1) bytes = Buffer.from(dice.pick(MUTATIONS)(bytes, dice));
  return bytes;
}

function withByte(bytes: Buffer, at: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = change(copy[at] ?? 0);
  return copy;
}

function splice(bytes: Buffer, at: number, remove: number, insert: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}

function repeated(bytes: Buffer, dice: Dice): Buffer {
  const [from, length] = [dice.below(bytes.length), 1 + dice.below(40)];
  const part = bytes.subarray(from, from + length);
  return splice(bytes, from, 0, Buffer.concat(Array.from({ length: 1 + dice.below(50) }, () => part)));
}

function replaced(bytes: Buffer, pattern: RegExp, by: string, dice: Dice): Buffer {
  const text = bytes.toString('utf8');
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return bytes;
  const match = dice.pick(found);
  return Buffer.from(text.slice(0, match.index) + by + text.slice(match.index + match[0].length));
}

function nested(bytes: Buffer, levels: number): Buffer {
  return Buffer.concat([Buffer.alloc(levels, '['), bytes, Buffer.alloc(levels, ']')]);
}
