import { addressOfLetter, ownHeaders, type DeadLetter } from './dead-letter.js';

const BYTES_PER_LINE = 16;
const CONTROLS = /\p{Cc}/gu;
const CONTROLS_BUT_LINES = /(?!\n)\p{Cc}/gu;

/** What a list shows of a dead letter. */
export function summaryOf(letter: DeadLetter) {
  const { at, type, origin, reason, replayOf, record } = letter;
  return {
    address: addressOfLetter(letter),
    at,
    type,
    key: record.key,
    origin,
    bytes: record.value.length,
    reason,
    ...(replayOf && { replayOf }),
  };
}

/** Two lines: what it was, and why it is dead. */
export function describeInList(letter: DeadLetter): string {
  const { address, at, type, key, origin, bytes, reason, replayOf } = summaryOf(letter);
  const again = replayOf ? `, a replay of ${replayOf}` : '';
  return `${address}  ${at}  ${type || '(no type)'}  key ${oneLine(key)}  ${bytes} bytes  was ${origin}${again}\n    ${oneLine(reason)}`;
}

/** Everything: what it was, its headers, its payload. */
export function describeInFull(letter: DeadLetter): string {
  const { record } = letter;
  const lines = Object.entries(ownHeaders(record.headers)).map(([name, value]) => `  ${name}: ${oneLine(value)}`);
  return [describeInList(letter), 'headers:', ...lines, payload(record.value)].join('\n');
}

/** JSON laid out, other text as it is, anything else in hex. */
function payload(value: Buffer): string {
  const text = textOf(value);
  if (text === undefined) return `payload (${value.length} bytes that are no text):\n${hexOf(value)}`;
  try {
    return `payload (JSON, ${value.length} bytes):\n${JSON.stringify(JSON.parse(text), undefined, 2)}`;
  } catch {
    return `payload (text that is no JSON, ${value.length} bytes):\n${escaped(text, CONTROLS_BUT_LINES)}`;
  }
}

function textOf(value: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return undefined;
  }
}

function hexOf(value: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < value.length; at += BYTES_PER_LINE) {
    const bytes = value.subarray(at, at + BYTES_PER_LINE);
    const hex = bytes
      .toString('hex')
      .replace(/../g, '$& ')
      .padEnd(3 * BYTES_PER_LINE);
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex} ${bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.')}`);
  }
  return lines.join('\n');
}

/** A terminal obeys what whoever wrote the record put into it, unless it is escaped. */
function oneLine(text: string): string {
  return escaped(text, CONTROLS);
}

function escaped(text: string, what: RegExp): string {
  return text.replace(what, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
