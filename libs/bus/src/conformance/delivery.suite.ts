import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { deferred } from '#kernel';
import type { Train } from '../log/event-log.js';
import { recordBytes } from '../log/record-size.js';
import type { TrainLimits } from '../log/train-loop.js';
import { ANY_TRAIN, Collector, textOf, textRecord, until } from './collector.suite.js';
import { type Conformance, withBench } from './log-under-test.suite.js';

export function deliverySuite(conformance: Conformance): void {
  const { patienceMs, runs } = conformance;
  const limitMs = patienceMs * 3;

  describe('delivering', () => {
    it(
      'keeps the order of each partition, whatever the limits of a train and whichever trains fail',
      () =>
        withBench(conformance, async (bench) => {
          const cases = fc.record({
            maxRecords: fc.integer({ min: 1, max: 20 }),
            maxBytes: fc.integer({ min: 1, max: 2_000 }),
            sizes: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }),
            failures: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 2 }),
          });
          await fc.assert(
            fc.asyncProperty(cases, async ({ sizes, failures, ...limits }) => {
              const topic = await bench.topic({ partitions: 3 });
              await bench.log.append(
                topic,
                sizes.map((size, i) => textRecord(`k${String(i % 5)}`, 'x'.repeat(size))),
              );
              const collector = new Collector();
              let trains = 0;
              const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...limits }, (train) => {
                trains += 1;
                if (failures.includes(trains)) return Promise.reject(new Error('meant to fail'));
                return collector.onTrain(train);
              });
              await subscription.caughtUp();
              await subscription.stop();
              expect(collector.records).toHaveLength(sizes.length);
              expect(collector.trains.filter((train) => isTooLarge(train, limits))).toEqual([]);
              for (const partition of [0, 1, 2]) {
                const offsets = collector.records.filter((record) => record.partition === partition).map(({ offset }) => offset);
                expect(offsets).toEqual(offsets.map((_, at) => at));
              }
            }),
            { numRuns: runs },
          );
        }),
      limitMs * 2,
    );

    it(
      'runs one train at a time, and the next takes what came meanwhile',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const collector = new Collector();
          let running = 0;
          let most = 0;
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, async (train) => {
            most = Math.max(most, (running += 1));
            await sleep(20);
            running -= 1;
            await collector.onTrain(train);
          });
          for (let i = 0; i < 60; i += 1) {
            await bench.log.append(topic, [textRecord(`k${String(i)}`, String(i))]);
            await sleep(1);
          }
          await subscription.caughtUp();
          expect(collector.records).toHaveLength(60);
          expect(most).toBe(1);
          expect(collector.trains.length).toBeLessThan(40);
        }),
      limitMs,
    );

    it(
      'lets trains depart no sooner than their pace allows',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const departures: number[] = [];
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN, paceMs: 50 }, () => {
            departures.push(performance.now());
            return Promise.resolve();
          });
          for (let i = 0; i < 40; i += 1) {
            await bench.log.append(topic, [textRecord(`k${String(i)}`, String(i))]);
            await sleep(5);
          }
          await subscription.caughtUp();
          const gaps = departures.slice(1).map((at, i) => at - departures[i]!);
          expect(gaps.length).toBeGreaterThan(0);
          expect(Math.min(...gaps)).toBeGreaterThan(48);
        }),
      limitMs,
    );

    it(
      'brings a rejected train again, in order, and meanwhile goes on with the other partitions',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 2 });
          const collector = new Collector();
          const mended = deferred();
          let refused = 0;
          let broken = true;
          await bench.log.append(
            topic,
            ['1', '2', '3'].map((text) => textRecord('k', text, { partition: 0 })),
          );
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, (train) => {
            if (broken && train.records.some(({ partition }) => partition === 0)) {
              refused += 1;
              return Promise.reject(new Error('meant to fail'));
            }
            return collector.onTrain(train);
          });
          await until(() => refused >= 2, 'a second try', patienceMs);
          await bench.log.append(topic, [textRecord('k', 'other', { partition: 1 })]);
          await until(() => collector.texts.includes('other'), 'the other partition', patienceMs);
          expect(collector.texts).toEqual(['other']);
          broken = false;
          mended.resolve();
          await subscription.caughtUp();
          expect(collector.firstTimes(0).map(textOf)).toEqual(['1', '2', '3']);
        }),
      limitMs,
    );

    it(
      'goes on delivering everything, in order, to a handler that is slower than the producer',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 2 });
          const collector = new Collector();
          const go = deferred();
          const subscription = await bench.log.subscribe(
            topic,
            { group: bench.group(), maxRecords: 50, maxBytes: 100_000 },
            async (train) => {
              await go.promise;
              await collector.onTrain(train);
            },
          );
          const padding = 'x'.repeat(20_000);
          for (let i = 0; i < 40; i += 1) {
            await bench.log.append(
              topic,
              Array.from({ length: 10 }, (_, j) => textRecord(`k${String(j)}`, `${String(i)} ${padding}`)),
            );
          }
          go.resolve();
          await subscription.caughtUp();
          expect(collector.records).toHaveLength(400);
          for (const partition of [0, 1]) {
            const offsets = collector.records.filter((record) => record.partition === partition).map(({ offset }) => offset);
            expect(offsets).toEqual(offsets.map((_, at) => at));
          }
        }),
      limitMs,
    );

    it(
      'is caught up only when everything that was there has been handled, and at once when there is nothing',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const go = deferred();
          const collector = new Collector();
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, async (train) => {
            await go.promise;
            await collector.onTrain(train);
          });
          await subscription.caughtUp();
          await bench.log.append(topic, [textRecord('k', 'x')]);
          let caughtUp = false;
          const done = subscription.caughtUp().then(() => (caughtUp = true));
          await sleep(100);
          expect(caughtUp).toBe(false);
          go.resolve();
          await done;
          expect(collector.texts).toEqual(['x']);
        }),
      limitMs,
    );

    it(
      'says that it hears from the log while nothing comes',
      () =>
        withBench(conformance, async (bench) => {
          const subscription = await bench.log.subscribe(await bench.topic(), { group: bench.group(), ...ANY_TRAIN }, () =>
            Promise.resolve(),
          );
          await sleep(1_000);
          expect(subscription.sinceLastPollMs()).toBeLessThan(900);
        }),
      limitMs,
    );
  });
}

function isTooLarge({ records }: Train, limits: TrainLimits): boolean {
  const bytes = records.reduce((sum, record) => sum + recordBytes(record), 0);
  return records.length > limits.maxRecords || (records.length > 1 && bytes > limits.maxBytes);
}
