import { isUtf8 } from 'node:buffer';
import { problem } from '#contracts';
import { findUnsafe } from './find-unsafe.js';
import { isWellFormed } from './well-formed.js';

export interface JsonLimits {
  maxBytes: number;
  /** Levels of objects and arrays in one another. */
  maxDepth: number;
}

/**
 * The one way that JSON comes in, on both edges. Throws `payload_too_large`, `malformed_json` (also for invalid UTF-8), and
 * `invalid_request` for what is valid JSON and yet a trap for whoever handles it later: see findUnsafe.
 */
export function parseJson(input: string | Buffer, limits: JsonLimits): unknown {
  const text = decode(input, limits);
  const value = parse(text);
  if (isSuspicious(text, limits.maxDepth)) refuseUnsafe(value, limits.maxDepth);
  return value;
}

function decode(input: string | Buffer, { maxBytes }: JsonLimits): string {
  const bytes = Buffer.byteLength(input);
  if (bytes > maxBytes) throw problem('payload_too_large', `${bytes} bytes are more than the ${maxBytes} allowed`);
  if (typeof input === 'string') return input;
  if (!isUtf8(input)) throw problem('malformed_json', 'the text is not valid UTF-8');
  return input.toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw problem('malformed_json', cause instanceof Error ? cause.message : 'not JSON', { cause });
  }
}

/** An escape may hide `__proto__` or half a surrogate pair; a long number or a three-digit exponent may exceed a double. */
const TRAPS = /__proto__|\\u(?:00|[dD][89a-fA-F])|[eE]\+?\d{3}|\d{200}/;

/** Whether the value has to be walked. May be true for a harmless text, and is never false for a harmful one. */
function isSuspicious(text: string, maxDepth: number): boolean {
  return TRAPS.test(text) || !isWellFormed(text) || opensMoreThan(text, maxDepth);
}

/** A text that opens at most `limit` objects and arrays can't nest them deeper. */
function opensMoreThan(text: string, limit: number): boolean {
  let opened = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++opened > limit) return true;
    }
  }
  return false;
}

function refuseUnsafe(value: unknown, maxDepth: number): void {
  const unsafe = findUnsafe(value, maxDepth);
  if (unsafe) throw problem('invalid_request', `${unsafe.detail} (at ${unsafe.pointer || 'the top'})`, { errors: [unsafe] });
}
