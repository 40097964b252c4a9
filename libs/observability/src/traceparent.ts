import { randomFillSync } from 'node:crypto';

/** version 00, trace id, span id, flags: https://www.w3.org/TR/trace-context/#traceparent-header */
const FORMAT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;
const POOL_BYTES = 4096;

// Every hop takes a span id: one call for random bytes serves hundreds of them.
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

export function isTraceparent(text: string | undefined): text is string {
  return text !== undefined && FORMAT.test(text);
}

/** The start of a new trace, marked as sampled. */
export function newTraceparent(): string {
  return `00-${randomHex(TRACE_ID_BYTES)}-${randomHex(SPAN_ID_BYTES)}-01`;
}

/** The same trace and flags with a new span id. */
export function childTraceparent(parent: string): string {
  return `${parent.slice(0, 36)}${randomHex(SPAN_ID_BYTES)}${parent.slice(52)}`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

function randomHex(bytes: number): string {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const hex = pool.toString('hex', used, used + bytes);
  used += bytes;
  return hex;
}
