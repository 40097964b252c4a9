import { randomUUID } from 'node:crypto';
import { ANY_TRAIN, Collector, textRecord } from './collector.suite.js';
import { type Conformance, withBench } from './log-under-test.suite.js';

export function topicSuite(conformance: Conformance): void {
  const patienceMs = conformance.patienceMs * 2;

  describe('topics', () => {
    it(
      'creates the topics that are missing and leaves the others as they are',
      () =>
        withBench(conformance, async ({ log }) => {
          const spec = { partitions: 3, timestamps: 'LogAppendTime', retentionMs: 3_600_000, maxRecordBytes: 100_000 } as const;
          const [old, fresh, never] = [`old-${randomUUID()}`, `fresh-${randomUUID()}`, `never-${randomUUID()}`];
          expect(await log.createTopics([{ ...spec, name: old }])).toEqual([old]);
          const again = await log.createTopics([
            { ...spec, name: old, partitions: 7, timestamps: 'CreateTime', maxRecordBytes: 1 },
            { ...spec, name: fresh, timestamps: 'CreateTime', flushEveryAppend: true },
          ]);
          expect(again).toEqual([fresh]);
          expect(await log.describeTopics([old, fresh, never])).toEqual([
            { name: old, partitions: 3, timestamps: 'LogAppendTime', maxRecordBytes: 100_000 },
            { name: fresh, partitions: 3, timestamps: 'CreateTime', maxRecordBytes: 100_000 },
          ]);
        }),
      patienceMs,
    );

    it(
      'tells the range of each partition',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 3 });
          await bench.log.append(topic, [textRecord('a', '1', { partition: 1 }), textRecord('b', '2', { partition: 1 })]);
          expect(await bench.log.ranges(topic)).toEqual([
            { partition: 0, committed: undefined, earliest: 0, latest: 0 },
            { partition: 1, committed: undefined, earliest: 0, latest: 2 },
            { partition: 2, committed: undefined, earliest: 0, latest: 0 },
          ]);
        }),
      patienceMs,
    );

    it(
      'tells what a group has committed of each partition',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 2 });
          const group = bench.group();
          await bench.log.append(topic, [textRecord('a', '1', { partition: 1 }), textRecord('b', '2', { partition: 1 })]);
          const subscription = await bench.log.subscribe(topic, { group, ...ANY_TRAIN }, new Collector().onTrain);
          await subscription.caughtUp();
          await subscription.stop();
          expect(await bench.log.ranges(topic, group)).toMatchObject([{ committed: undefined }, { committed: 2, earliest: 0, latest: 2 }]);
          expect(await bench.log.ranges(topic, bench.group())).toMatchObject([{ committed: undefined }, { committed: undefined }]);
        }),
      patienceMs,
    );

    it(
      'is the same log to everyone, and after a crash',
      () =>
        withBench(conformance, async ({ under, log }) => {
          const identity = await log.identity();
          expect(identity).toMatch(/.{8,}/);
          expect(await (await under.another()).identity()).toBe(identity);
          expect(await (await under.crash()).identity()).toBe(identity);
        }),
      patienceMs,
    );

    it(
      'answers a ping while it is open',
      () =>
        withBench(conformance, async ({ log }) => {
          expect(await log.ping(patienceMs)).toBe(true);
        }),
      patienceMs,
    );
  });
}
