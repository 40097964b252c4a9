import { Binary } from 'mongodb';

/** Ids of conversations that are held in memory at a time: about 100 MB. */
const MAX_HELD = 1_000_000;
const BYTES = 4;
const ALL = 2 ** 32;

/** A range of the hashes of conversations, by their first four bytes. */
export interface HashSlice {
  from: Binary;
  /** Undefined: to the end. */
  below: Binary | undefined;
  holds(prefix: Buffer): boolean;
}

/** As many slices of equal width as it takes that none has many more conversations than fit in memory. */
export function hashSlices(conversations: number, maxHeld = MAX_HELD): HashSlice[] {
  const count = Math.max(1, Math.ceil(conversations / maxHeld));
  const bound = (i: number) => Math.floor((ALL / count) * i);
  return Array.from({ length: count }, (_, i) => {
    const [from, below] = [bound(i), i === count - 1 ? undefined : bound(i + 1)];
    return {
      from: binary(from),
      below: below === undefined ? undefined : binary(below),
      holds: (prefix) => prefix.readUInt32BE(0) >= from && (below === undefined || prefix.readUInt32BE(0) < below),
    };
  });
}

/** As long as a key's id: MongoDB orders binary values by their length first. */
function binary(first: number): Binary {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt32BE(first, BYTES - 4);
  return new Binary(bytes);
}
