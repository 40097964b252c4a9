import fc from 'fast-check';
import type { AppendRecord, Position, ReceivedRecord } from '../log/event-log.js';
import { partitionForKey } from '../log/partition-for-key.js';
import { ANY_TRAIN, Collector, textRecord } from './collector.suite.js';
import { type Conformance, withBench } from './log-under-test.suite.js';

const anyRecord: fc.Arbitrary<AppendRecord> = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'ä', ''),
  value: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  headers: fc.dictionary(fc.constantFrom('id', 'type', 'x-1'), fc.string({ unit: 'grapheme', maxLength: 20 })),
});

export function appendSuite(conformance: Conformance): void {
  const { patienceMs, runs } = conformance;
  const limitMs = patienceMs * 3;

  describe('appending', () => {
    it(
      'delivers exactly the bytes, key and headers that were appended, at the positions it answered',
      () =>
        withBench(conformance, async (bench) => {
          await fc.assert(
            fc.asyncProperty(
              fc.array(fc.array(anyRecord, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 }),
              async (calls) => {
                const topic = await bench.topic();
                const collector = new Collector();
                const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, collector.onTrain);
                const positions = await Promise.all(calls.map((records) => bench.log.append(topic, records)));
                await subscription.caughtUp();
                await subscription.stop();
                const wanted = calls.flatMap((records, call) => records.map((record, at) => ({ ...record, ...positions[call]![at]! })));
                expect(inOrder(collector.records.map(asAppended))).toEqual(inOrder(wanted));
              },
            ),
            { numRuns: runs },
          );
        }),
      limitMs * 2,
    );

    it(
      'gives the records of one key ascending offsets in the order of the calls, without gaps',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const calls = Array.from({ length: 300 }, (_, i) => [textRecord(`key-${String(i % 7)}`, String(i))]);
          const answers = await Promise.all(calls.map((records) => bench.log.append(topic, records)));
          for (const offsets of offsetsByPartition(answers.flat()).values()) expect(offsets).toEqual(offsets.map((_, at) => at));
        }),
      limitMs,
    );

    it(
      'puts a key where every Kafka client puts it, and a record with a partition into that one',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 12 });
          const keys = Array.from({ length: 40 }, (_, i) => `si_user-${String(i)}_ü`);
          const positions = await bench.log.append(
            topic,
            keys.map((key) => textRecord(key, key)),
          );
          expect(positions.map(({ partition }) => partition)).toEqual(keys.map((key) => partitionForKey(key, 12)));
          expect(await bench.log.append(topic, [textRecord('any', 'x', { partition: 11 })])).toMatchObject([{ partition: 11 }]);
        }),
      limitMs,
    );

    it(
      'refuses an oversize record to its producer alone',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 1, maxRecordBytes: 10_000 });
          const small = (text: string) => bench.log.append(topic, [textRecord('k', text)]);
          const outcomes = await Promise.allSettled([
            small('before'),
            bench.log.append(topic, [{ key: 'k', value: Buffer.alloc(10_001) }]),
            ...Array.from({ length: 50 }, (_, i) => small(`${'x'.repeat(1_000)}${String(i)}`)),
          ]);
          expect(outcomes.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
          expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { code: 'payload_too_large' } });
          expect(await bench.log.ranges(topic)).toMatchObject([{ latest: 51 }]);
        }),
      limitMs,
    );

    it(
      'never delivers from within append',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          let appending = false;
          const seen: boolean[] = [];
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, () => {
            seen.push(appending);
            return Promise.resolve();
          });
          for (let i = 0; i < 20; i += 1) {
            appending = true;
            const answered = bench.log.append(topic, [textRecord(`k${String(i)}`, 'x')]);
            appending = false;
            await answered;
          }
          await subscription.caughtUp();
          expect(seen.length).toBeGreaterThan(0);
          expect(seen).not.toContain(true);
        }),
      limitMs,
    );

    it(
      'refuses to append to a topic that does not exist, as unavailable',
      () =>
        withBench(conformance, async ({ log }) => {
          await expect(log.append('conformance-missing', [textRecord('k', 'x')])).rejects.toMatchObject({ code: 'unavailable' });
        }),
      limitMs,
    );

    it(
      'stamps records with the time of the log',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const collector = new Collector();
          const from = Date.now();
          await bench.log.append(topic, [textRecord('k', 'x')]);
          const to = Date.now();
          await (await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, collector.onTrain)).caughtUp();
          expect(collector.records[0]?.timestamp).toBeGreaterThanOrEqual(from);
          expect(collector.records[0]?.timestamp).toBeLessThanOrEqual(to);
        }),
      limitMs,
    );

    it(
      'refuses everything once it is closed',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          await bench.log.close();
          await expect(bench.log.append(topic, [textRecord('k', 'x')])).rejects.toMatchObject({ code: 'unavailable' });
        }),
      limitMs,
    );
  });
}

function asAppended({ key, value, headers, partition, offset }: ReceivedRecord): AppendRecord & Position {
  return { key, value, headers, partition, offset };
}

function offsetsByPartition(positions: readonly Position[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const { partition, offset } of positions) groups.set(partition, [...(groups.get(partition) ?? []), offset]);
  return groups;
}

function inOrder<T extends Position>(records: T[]): T[] {
  return [...records].sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
