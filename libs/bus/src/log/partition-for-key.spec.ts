import fc from 'fast-check';
import { partitionForKey } from './partition-for-key.js';

describe('the partition of a key', () => {
  it('is always one of the partitions, and always the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
        const partition = partitionForKey(key, partitions);
        expect(partition).toBeGreaterThanOrEqual(0);
        expect(partition).toBeLessThan(partitions);
        expect(partitionForKey(key, partitions)).toBe(partition);
      }),
    );
  });
});
