import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '#bus';
import { KafkaLog } from '#bus-kafka';
import { startKafka, type KafkaServer, testServers, waitFor } from '#testing';
import { Collector, textRecord } from '../../libs/bus/src/conformance/collector.suite.js';

const ANY_TRAIN = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };
const RECOVERY_MS = 40_000;
const LIMIT_MS = 120_000;

/** A broker of its own, for it is killed. */
describe('the Kafka log while its broker is away', () => {
  let kafka: KafkaServer;
  let log: KafkaLog;

  beforeAll(async () => {
    kafka = await startKafka();
    log = new KafkaLog({ brokers: [kafka.brokers], clientId: 'outage' });
  }, LIMIT_MS);

  afterAll(async () => {
    await log.close();
    await kafka.stop();
  }, LIMIT_MS);

  const topicOf = async (partitions: number): Promise<string> => {
    const name = `outage-${randomUUID()}`;
    await log.createTopics([
      { name, partitions, timestamps: 'LogAppendTime', retentionMs: 3_600_000, maxRecordBytes: 1024 * 1024, flushEveryAppend: true },
    ]);
    return name;
  };

  it(
    'keeps the order of a key, and loses nothing that was answered, when the broker is killed under load and comes back',
    async () => {
      const topic = await topicOf(2);
      const collector = new Collector();
      const subscription = await log.subscribe(topic, { group: randomUUID(), ...ANY_TRAIN }, collector.onTrain);
      const answered = new Map<number, Position>();
      const refused: unknown[] = [];
      const sending = new AbortController();
      let sent = 0;
      const load = (async () => {
        for (let i = 0; !sending.signal.aborted; i += 1) {
          sent += 1;
          void log.append(topic, [textRecord(`key-${String(i % 5)}`, String(i))]).then(
            ([position]) => answered.set(i, position!),
            (error: unknown) => refused.push(error),
          );
          await sleep(5);
        }
      })();
      await waitFor(() => answered.size > 50, { withinMs: RECOVERY_MS, what: 'the first answers' });
      await kafka.process.kill('SIGKILL');
      const before = answered.size;
      await sleep(1_000);
      await kafka.process.start();
      await waitFor(() => answered.size > before + 100, { withinMs: RECOVERY_MS, what: 'answers after the restart' });
      sending.abort();
      await load;
      await waitFor(() => answered.size + refused.length === sent, { withinMs: RECOVERY_MS, what: 'every append to end' });
      await waitFor(() => missing(answered, collector).length === 0, {
        withinMs: RECOVERY_MS,
        what: 'everything answered to be delivered',
      });

      expect(refused.every((error) => (error as { code?: string }).code === 'unavailable')).toBe(true);
      for (let key = 0; key < 5; key += 1) {
        const offsets = [...answered]
          .filter(([i]) => i % 5 === key)
          .sort(([a], [b]) => a - b)
          .map(([, { offset }]) => offset);
        expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
      }
      await subscription.stop();
    },
    LIMIT_MS,
  );

  it(
    'refuses an append as unavailable after a bounded time, with everything behind it, and takes the next when the broker is back',
    async () => {
      const topic = await topicOf(1);
      await log.append(topic, [textRecord('k', 'first')]);
      const collector = new Collector();
      const subscription = await log.subscribe(topic, { group: randomUUID(), ...ANY_TRAIN }, collector.onTrain);
      await kafka.process.kill('SIGKILL');
      const start = performance.now();
      const outcomes = await Promise.allSettled([
        log.append(topic, [textRecord('k', 'lost')]),
        sleep(500).then(() => log.append(topic, [textRecord('k', 'behind')])),
      ]);
      expect(outcomes).toMatchObject([
        { status: 'rejected', reason: { code: 'unavailable', retryable: true } },
        { status: 'rejected', reason: { code: 'unavailable', retryable: true } },
      ]);
      expect(performance.now() - start).toBeLessThan(20_000);
      expect(await log.ping(500)).toBe(false);
      await sleep(5_000);
      await kafka.process.start();
      await waitFor(() => log.append(topic, [textRecord('k', 'after')]), { withinMs: RECOVERY_MS, what: 'an append after the restart' });
      await waitFor(() => collector.texts.includes('after'), { withinMs: RECOVERY_MS, what: 'the subscription to go on by itself' });
      await subscription.stop();
    },
    LIMIT_MS,
  );

  it('is another log than one that began elsewhere', async () => {
    const other = new KafkaLog({ brokers: testServers().kafkaBrokers.split(','), clientId: 'outage' });
    expect(await other.identity()).not.toBe(await log.identity());
    await other.close();
  });
});

function missing(answered: ReadonlyMap<number, Position>, collector: Collector): number[] {
  const delivered = new Set(collector.texts);
  return [...answered.keys()].filter((i) => !delivered.has(String(i)));
}
