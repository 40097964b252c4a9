import fc from 'fast-check';
import { type ReceivedRecord } from '#bus';
import { FetchBuffer } from './fetch-buffer.js';

const LIMITS = { maxRecords: 10, maxBytes: 10_000 };

describe('the buffer of fetched records', () => {
  it('gives out each partition in order and without gaps, whatever is fetched again and whenever trains depart', () => {
    const step = fc.oneof(
      fc.record({ partition: fc.nat(2), from: fc.nat(30), count: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 10 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const buffer = new FetchBuffer(LIMITS);
        const fetched = [0, 0, 0];
        const given: ReceivedRecord[] = [];
        for (const partition of [0, 1, 2]) buffer.open(partition, 0);
        for (const one of steps) {
          if ('take' in one) given.push(...buffer.take({ ...LIMITS, maxRecords: one.take }));
          else
            fetched[one.partition] = fetch(
              buffer,
              one.partition,
              Math.min(one.from, fetched[one.partition]!),
              one.count,
              fetched[one.partition]!,
            );
        }
        while (buffer.hasMore()) given.push(...buffer.take(LIMITS));
        for (const partition of [0, 1, 2]) {
          const offsets = given.filter((record) => record.partition === partition).map(({ offset }) => offset);
          expect(offsets).toEqual(Array.from({ length: fetched[partition]! }, (_, i) => i));
        }
      }),
    );
  });

  it('takes in nothing of a partition that is closed, and drops what it had', () => {
    const buffer = new FetchBuffer(LIMITS);
    expect(buffer.push(0, records(0, 0, 3), 3)).toBe('closed');
    buffer.open(0, 0);
    buffer.push(0, records(0, 0, 3), 3);
    buffer.close([0]);
    expect(buffer.hasMore()).toBe(false);
    expect(buffer.push(0, records(0, 3, 3), 6)).toBe('closed');
  });

  it('begins again where a partition is opened anew', () => {
    const buffer = new FetchBuffer(LIMITS);
    buffer.open(0, 5);
    buffer.push(0, records(0, 5, 3), 8);
    buffer.open(0, 2);
    buffer.push(0, records(0, 2, 2), 8);
    expect(buffer.take(LIMITS).map(({ offset }) => offset)).toEqual([2, 3]);
  });

  it('notices a log that ends before what it has given out', () => {
    const buffer = new FetchBuffer(LIMITS);
    buffer.open(0, 50);
    expect(buffer.push(0, records(0, 0, 3), 3)).toBe('movedBack');
  });

  it('is full at two trains, and lets go of who waits when a train departs', async () => {
    const buffer = new FetchBuffer(LIMITS);
    buffer.open(0, 0);
    buffer.push(0, records(0, 0, 19), 100);
    expect(buffer.full).toBe(false);
    buffer.push(0, records(0, 19, 1), 100);
    expect(buffer.full).toBe(true);
    let room = false;
    const waited = buffer.hasRoom().then(() => (room = true));
    await Promise.resolve();
    expect(room).toBe(false);
    buffer.take(LIMITS);
    await waited;
    expect(buffer.full).toBe(false);
  });

  it('gives each partition its turn', () => {
    const buffer = new FetchBuffer({ ...LIMITS, maxRecords: 2 });
    for (const partition of [0, 1]) {
      buffer.open(partition, 0);
      buffer.push(partition, records(partition, 0, 4), 4);
    }
    const trains = [1, 2, 3, 4].map(() => buffer.take({ ...LIMITS, maxRecords: 2 }).map(({ partition }) => partition));
    expect(trains).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [1, 1],
    ]);
  });
});

/** Fetches `count` records from `from`, which may have been fetched before; returns how far the partition has been fetched. */
function fetch(buffer: FetchBuffer, partition: number, from: number, count: number, fetched: number): number {
  buffer.push(partition, records(partition, from, count), 1_000);
  return Math.max(fetched, from + count);
}

function records(partition: number, from: number, count: number): ReceivedRecord[] {
  const rest = { topic: 't', key: 'k', value: Buffer.alloc(0), headers: {}, timestamp: 0 };
  return Array.from({ length: count }, (_, i) => ({ ...rest, partition, offset: from + i }));
}
