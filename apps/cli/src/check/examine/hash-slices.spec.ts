import fc from 'fast-check';
import { hashSlices } from './hash-slices.js';

describe('slices of the hashes of conversations', () => {
  it('hold each hash once, and just those whose keys lie between their bounds', () => {
    const prefixes = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), prefixes, (conversations, prefix) => {
        const slices = hashSlices(conversations, 1000);
        expect(slices).toHaveLength(Math.max(1, Math.ceil(conversations / 1000)));
        const key = Buffer.concat([prefix, Buffer.alloc(12, 5)]);
        for (const slice of slices) {
          const within = Buffer.compare(slice.from.buffer, key) <= 0 && (!slice.below || Buffer.compare(key, slice.below.buffer) < 0);
          expect(slice.holds(prefix)).toBe(within);
        }
        expect(slices.filter((slice) => slice.holds(prefix))).toHaveLength(1);
      }),
    );
  });
});
