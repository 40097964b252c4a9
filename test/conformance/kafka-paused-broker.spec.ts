import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaLog } from '#bus-kafka';
import { type GuardedProcess, type KafkaServer, startKafka, waitFor } from '#testing';
import { Collector, textRecord } from '../../libs/bus/src/conformance/collector.suite.js';

const ANY_TRAIN = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };
const GROUPS = 6;
const RECOVERY_MS = 60_000;
const LIMIT_MS = 180_000;

/** Three brokers of its own: a paused one holds its connections open, leads partitions and coordinates groups, and answers nobody. */
describe('the Kafka log while one of three brokers is paused', () => {
  let kafka: KafkaServer;
  let log: KafkaLog;
  let topic: string;
  const members: Collector[] = [];
  const trouble: string[] = [];

  beforeAll(async () => {
    kafka = await startKafka({ brokers: 3 });
    log = new KafkaLog({
      brokers: kafka.brokers.split(','),
      clientId: 'paused',
      report: (what, error) => trouble.push(`${what}: ${String(error)}`),
    });
    topic = `paused-${randomUUID()}`;
    await log.createTopics([
      { name: topic, partitions: 6, timestamps: 'LogAppendTime', retentionMs: 3_600_000, maxRecordBytes: 1024 * 1024 },
    ]);
    // Of so many groups each broker coordinates some.
    for (let i = 0; i < GROUPS; i += 1) {
      const member = new Collector();
      await log.subscribe(topic, { group: randomUUID(), ...ANY_TRAIN }, member.onTrain);
      members.push(member);
    }
  }, LIMIT_MS);

  afterAll(async () => {
    await log.close();
    await kafka.stop();
  }, LIMIT_MS);

  const appendToAll = (text: string): Promise<unknown> =>
    Promise.all(Array.from({ length: 6 }, (_, partition) => log.append(topic, [textRecord('k', text, { partition })])));

  const everybodyHas = (text: string): boolean => members.every(({ texts }) => texts.filter((one) => one === text).length >= 6);

  const pausing = async (broker: GuardedProcess, during: () => Promise<void>): Promise<void> => {
    broker.signal('SIGSTOP');
    await during().finally(() => broker.signal('SIGCONT'));
  };

  it.each([
    [0, 8],
    [1, 8],
    [2, 25],
  ])(
    'ends no process and no consumer when broker %i is paused for %i s: all go on by themselves',
    async (which, seconds) => {
      const rejections: unknown[] = [];
      const listen = (error: unknown): void => void rejections.push(error);
      process.on('unhandledRejection', listen);
      await pausing(kafka.members[which]!, () => sleep(seconds * 1000));
      const text = `after ${which}`;
      await waitFor(() => appendToAll(text), { withinMs: RECOVERY_MS, what: 'an append to every partition' });
      await waitFor(() => everybodyHas(text), { withinMs: RECOVERY_MS, what: `every group to go on\n${trouble.slice(-20).join('\n')}` });
      process.off('unhandledRejection', listen);
      expect(rejections).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'answers about a paused broker’s partitions within a bounded time: retryably, or as another broker knows it',
    async () => {
      await pausing(kafka.members[0]!, async () => {
        const began = performance.now();
        const error: unknown = await log.ranges(topic).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(performance.now() - began).toBeLessThan(20_000);
        if (error !== undefined) expect(error).toMatchObject({ code: 'unavailable', retryable: true });
      });
      await waitFor(() => log.ranges(topic), { withinMs: RECOVERY_MS, what: 'an answer after the pause' });
    },
    LIMIT_MS,
  );
});
