import { setTimeout as sleep } from 'node:timers/promises';
import type { PartitionState, Subscription } from '../log/event-log.js';
import { ANY_TRAIN, Collector, textOf, textRecord, until } from './collector.suite.js';
import { type Conformance, withBench } from './log-under-test.suite.js';

export function assignmentSuite(conformance: Conformance): void {
  const { patienceMs } = conformance;
  const limitMs = patienceMs * 4;

  describe('assigning', () => {
    it(
      'asks where to start before it delivers, with what is known of the partition',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 2 });
          const group = bench.group();
          await bench.log.append(
            topic,
            ['0', '1', '2', '3'].map((text) => textRecord('k', text, { partition: 1 })),
          );
          const first = await bench.log.subscribe(topic, { group, ...ANY_TRAIN, maxRecords: 2 }, () => Promise.resolve());
          await first.caughtUp();
          await first.stop();
          const states: PartitionState[] = [];
          let early = 0;
          const collector = new Collector();
          const startAt = (state: PartitionState) => {
            states.push(state);
            early += collector.trains.length;
            return Promise.resolve(state.partition === 1 ? 1 : state.latest);
          };
          const second = await bench.log.subscribe(topic, { group, ...ANY_TRAIN, startAt }, collector.onTrain);
          await second.caughtUp();
          expect(states.sort((a, b) => a.partition - b.partition)).toMatchObject([
            { partition: 0, earliest: 0, latest: 0 },
            { partition: 1, committed: 4, earliest: 0, latest: 4 },
          ]);
          expect(collector.texts).toEqual(['1', '2', '3']);
          expect(early).toBe(0);
        }),
      limitMs,
    );

    it(
      'asks again where to start after a rejected train',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 1 });
          await bench.log.append(
            topic,
            ['0', '1', '2'].map((text) => textRecord('k', text)),
          );
          const collector = new Collector();
          let asked = 0;
          const startAt = () => Promise.resolve((asked += 1) === 1 ? 1 : 0);
          let refused = false;
          const subscription = await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN, startAt }, (train) => {
            if (refused) return collector.onTrain(train);
            refused = true;
            expect(train.records.map(textOf)).toEqual(['1', '2']);
            return Promise.reject(new Error('meant to fail'));
          });
          await subscription.caughtUp();
          expect(collector.texts).toEqual(['0', '1', '2']);
          expect(asked).toBe(2);
        }),
      limitMs,
    );

    it(
      'delivers nothing of a partition until it is known where to start, and asks until it is',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 1 });
          await bench.log.append(topic, [textRecord('k', 'x')]);
          const collector = new Collector();
          let asked = 0;
          let early = 0;
          const startAt = () => {
            asked += 1;
            early += collector.trains.length;
            return asked < 3 ? Promise.reject(new Error('meant to fail')) : Promise.resolve(0);
          };
          await bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN, startAt }, collector.onTrain);
          await collector.until(1, patienceMs);
          expect([asked, early]).toEqual([3, 0]);
          expect(collector.texts).toEqual(['x']);
        }),
      limitMs,
    );

    it(
      'gives every group everything',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic();
          const both = [new Collector(), new Collector()];
          const subscriptions = await Promise.all(
            both.map((collector) => bench.log.subscribe(topic, { group: bench.group(), ...ANY_TRAIN }, collector.onTrain)),
          );
          const texts = Array.from({ length: 30 }, (_, i) => String(i));
          await bench.log.append(
            topic,
            texts.map((text) => textRecord(text, text)),
          );
          await Promise.all(subscriptions.map((subscription) => subscription.caughtUp()));
          for (const collector of both) expect([...collector.texts].sort()).toEqual([...texts].sort());
        }),
      limitMs,
    );

    it(
      'gives a subscription the partitions that it names, and no others',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 6 });
          const collector = new Collector();
          const subscription = await bench.log.subscribe(
            topic,
            { group: bench.group(), ...ANY_TRAIN, partitions: [2, 5] },
            collector.onTrain,
          );
          await bench.log.append(
            topic,
            [0, 1, 2, 3, 4, 5].map((partition) => textRecord('k', String(partition), { partition })),
          );
          await subscription.caughtUp();
          expect([...subscription.assigned()].sort()).toEqual([2, 5]);
          expect([...collector.texts].sort()).toEqual(['2', '5']);
        }),
      limitMs,
    );

    it(
      'shares the partitions among the members, and loses nothing when they join and leave under load',
      () =>
        withBench(conformance, async (bench) => {
          const topic = await bench.topic({ partitions: 6 });
          const group = bench.group();
          const collector = new Collector();
          const revoked: number[] = [];
          const join = async (onRevoked?: (partitions: readonly number[]) => void): Promise<Subscription> =>
            (await bench.under.another()).subscribe(
              topic,
              { group, ...ANY_TRAIN, maxRecords: 7, ...(onRevoked && { onRevoked }) },
              collector.onTrain,
            );

          const load = new Load();
          const appending = load.run((i) => bench.log.append(topic, [textRecord(`key-${String(i % 20)}`, String(i))]));
          const first = await join((partitions) => revoked.push(...partitions));
          await collector.until(20, patienceMs);
          const second = await join();
          await until(() => first.assigned().length === 3 && second.assigned().length === 3, 'an equal share', patienceMs);
          expect([...first.assigned(), ...second.assigned()].sort()).toEqual([0, 1, 2, 3, 4, 5]);
          expect(revoked.length).toBeGreaterThanOrEqual(3);
          await first.stop();
          await until(() => second.assigned().length === 6, 'everything for who is left', patienceMs);
          load.stop();
          const appended = await appending;
          await second.caughtUp();

          expect(new Set(collector.texts).size).toBe(appended);
          for (let partition = 0; partition < 6; partition += 1) {
            const offsets = collector.firstTimes(partition).map(({ offset }) => offset);
            expect(offsets).toEqual(offsets.map((_, at) => at));
          }
        }),
      limitMs,
    );
  });
}

/** Appends one record every few ms until it is told to stop. */
class Load {
  private stopped = false;

  async run(append: (i: number) => Promise<unknown>): Promise<number> {
    const appends: Promise<unknown>[] = [];
    while (!this.isStopped()) {
      appends.push(append(appends.length));
      await sleep(3);
    }
    await Promise.all(appends);
    return appends.length;
  }

  stop(): void {
    this.stopped = true;
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
