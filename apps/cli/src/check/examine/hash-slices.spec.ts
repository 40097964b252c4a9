import fc from 'fast-check';
import { hashSlices, type HashSlice } from './hash-slices.js';

describe('slices of the hashes of conversations', () => {
  it('hold each hash once, and just those whose keys lie between their bounds', () => {
    const prefixes = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), prefixes, (conversations, prefix) => {
        const slices = hashSlices(conversations, 1000);
        expect(slices).toHaveLength(Math.max(1, Math.ceil(conversations / 1000)));
        const bounds = slices.map(({ from }) => Buffer.from(from.buffer).subarray(0, 8));
        for (const slice of slices) {
          for (const each of [prefix, ...bounds]) expect(slice.holds(each)).toBe(isBetween(slice, each));
        }
        expect(slices.filter((slice) => slice.holds(prefix))).toHaveLength(1);
      }),
    );
  });
});

/** As MongoDB compares the ids of a conversation's keys with the bounds. */
function isBetween({ from, below }: HashSlice, prefix: Buffer): boolean {
  const key = Buffer.concat([prefix, Buffer.alloc(12)]);
  return Buffer.compare(from.buffer, key) <= 0 && (!below || Buffer.compare(key, below.buffer) < 0);
}
