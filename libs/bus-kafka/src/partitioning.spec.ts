import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { partitionForKey } from '#bus';

describe('the partition of a key', () => {
  it('is the one that kafkajs’ default partitioner, and with it every Kafka client, would choose', () => {
    const theirs = Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 64 }), (key, count) => {
        const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 1,
          replicas: [1],
          isr: [1],
        }));
        expect(partitionForKey(key, count)).toBe(theirs({ topic: 't', partitionMetadata, message: { key, value: null } }));
      }),
    );
  });
});
