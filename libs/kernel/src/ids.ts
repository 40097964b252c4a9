import { randomBytes, randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const pool = new Uint32Array(1024);
let used = pool.length;

/** From 0 to 1, from the system's randomness, fetched in bulk: ulid's own source asks for it character by character. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / 2 ** 32;
}

const nextUlid = monotonicFactory(random);

/** A new id (ULID): unique everywhere, and ascending within a process. */
export function newId(): string {
  return nextUlid();
}

/** An unguessable token of `bytes` random bytes, base64url. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
