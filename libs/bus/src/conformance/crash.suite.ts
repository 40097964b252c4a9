import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '#kernel';
import type { ReceivedRecord } from '../log/event-log.js';
import { ANY_TRAIN, Collector, textOf, textRecord } from './collector.suite.js';
import { type Conformance, withBench } from './log-under-test.suite.js';

/** Longer than any log waits before it commits what was handled. */
const COMMITTED_AFTER_MS = 1_500;

export function crashSuite(conformance: Conformance): void {
  const { patienceMs } = conformance;
  const limitMs = patienceMs * 4;

  describe('crashing and stopping', () => {
    it(
      'goes on behind what was handled when a subscription was stopped',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 1 });
          const group = bench.group();
          const [before, after] = [new Collector(), new Collector()];
          await bench.log.append(topic, [textRecord('k', '1')]);
          const first = await bench.log.subscribe(topic, { group, ...ANY_TRAIN }, before.onTrain);
          await before.until(1, patienceMs);
          await first.stop();
          await bench.log.append(topic, [textRecord('k', '2')]);
          await (await bench.log.subscribe(topic, { group, ...ANY_TRAIN }, after.onTrain)).caughtUp();
          expect([before.texts, after.texts]).toEqual([['1'], ['2']]);
        }),
      limitMs,
    );

    it(
      'lets the running train end before it stops, and starts no other',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 1 });
          const started = deferred();
          const go = deferred();
          const collector = new Collector();
          await bench.log.append(topic, [textRecord('k', '1'), textRecord('k', '2')]);
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN, maxRecords: 1 }, async (train) => {
            started.resolve();
            await go.promise;
            await collector.onTrain(train);
          });
          await started.promise;
          const stopped = subscription.stop();
          go.resolve();
          await stopped;
          expect(collector.texts).toEqual(['1']);
        }),
      limitMs,
    );

    it(
      'brings again after a crash what was being handled, and nothing that was committed long before',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 1 });
          const group = bench.group();
          const before = new Collector();
          const begun = deferred();
          const neverInTime = deferred();
          await bench.log.append(topic, [textRecord('k', '1')]);
          await bench.log.subscribe(topic, { group, ...ANY_TRAIN }, async (train) => {
            await before.onTrain(train);
            if (before.texts.length < 2) return;
            begun.resolve();
            await neverInTime.promise;
          });
          await before.until(1, patienceMs);
          await sleep(COMMITTED_AFTER_MS);
          await bench.log.append(topic, [textRecord('k', '2')]);
          await begun.promise;
          const successor = await bench.under.crash();
          const after = new Collector();
          const subscription = await successor.subscribe(topic, { group, ...ANY_TRAIN }, after.onTrain);
          await subscription.caughtUp();
          expect(before.texts).toEqual(['1', '2']);
          expect(after.texts).toEqual(['2']);
          neverInTime.resolve();
        }),
      limitMs,
    );

    it(
      'brings nothing again after a crash of a train with a record that may be handled once at most',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 2 });
          const group = bench.group();
          const options = { group, ...ANY_TRAIN, maxRecords: 1, atMostOnce: (record: ReceivedRecord) => textOf(record).startsWith('once') };
          const [before, after] = [new Collector(), new Collector()];
          const neverInTime = deferred();
          await bench.log.append(topic, [textRecord('k', 'once-1', { partition: 0 }), textRecord('k', 'again', { partition: 1 })]);
          await bench.log.subscribe(topic, options, async (train) => {
            await before.onTrain(train);
            if (before.texts.includes('once-2')) await neverInTime.promise;
          });
          await before.until(2, patienceMs);
          await bench.log.append(topic, [textRecord('k', 'once-2', { partition: 0 })]);
          await before.until(3, patienceMs);
          const successor = await bench.under.crash();
          await successor.append(topic, [textRecord('k', 'once-3', { partition: 0 })]);
          const subscription = await successor.subscribe(topic, options, after.onTrain);
          await subscription.caughtUp();
          neverInTime.resolve();
          expect([...before.texts].sort()).toEqual(['again', 'once-1', 'once-2']);
          expect(after.texts.filter((text) => text.startsWith('once'))).toEqual(['once-3']);
        }),
      limitMs,
    );

    it(
      'has after a crash every record that an append has answered',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const answered: number[] = [];
          const appends = Array.from({ length: 200 }, (_, i) =>
            bench.log.append(topic, [textRecord(`k${String(i)}`, String(i))]).then(
              () => answered.push(i),
              () => undefined,
            ),
          );
          await Promise.race(appends);
          const promised = [...answered];
          const successor = await bench.under.crash();
          const collector = new Collector();
          const subscription = await successor.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, collector.onTrain);
          await subscription.caughtUp();
          expect(promised.length).toBeGreaterThan(0);
          expect(collector.texts).toEqual(expect.arrayContaining(promised.map(String)));
        }),
      limitMs,
    );
  });
}
