import fc from 'fast-check';
import type { ConversationId, Seq } from '#contracts';
import { addressOf, BUCKET_SIZE, bucketId, bucketsBetween, seqAt } from './bucket-address.js';

const seq = fc.integer({ min: 1, max: 2 ** 50 }) as fc.Arbitrary<Seq>;

describe('bucket address', () => {
  it('puts seqs 1 to 100 into bucket 0 and 101 into slot 0 of bucket 1', () => {
    expect(addressOf(1 as Seq)).toEqual({ index: 0, slot: 0 });
    expect(addressOf(100 as Seq)).toEqual({ index: 0, slot: 99 });
    expect(addressOf(101 as Seq)).toEqual({ index: 1, slot: 0 });
    expect(bucketId('sg_g' as ConversationId, 1)).toBe('sg_g:1');
  });

  it('finds every seq again', () => {
    fc.assert(
      fc.property(seq, (s) => {
        const address = addressOf(s);
        expect(address.slot).toBeGreaterThanOrEqual(0);
        expect(address.slot).toBeLessThan(BUCKET_SIZE);
        expect(seqAt(address)).toBe(s);
      }),
    );
  });

  it('names exactly the buckets of a range', () => {
    fc.assert(
      fc.property(seq, fc.integer({ min: 0, max: 1000 }), (from, length) => {
        const to = (from + length) as Seq;
        const expected = [...new Set(Array.from({ length: length + 1 }, (_, i) => addressOf((from + i) as Seq).index))];
        expect(bucketsBetween(from, to)).toEqual(expected);
      }),
    );
  });
});
