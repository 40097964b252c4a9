import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';
import errors from 'kafkajs/src/errors.js';
import type { ReceivedRecord, TopicToCreate, Train } from '#bus';
import { testServers, waitFor } from '#testing';
import { KafkaAdmin } from './admin/kafka-admin.js';
import { KafkaLog } from './kafka-log.js';

const ANY_TRAIN = { maxRecords: 500, maxBytes: 4 * 1024 * 1024 };
const WITHIN_MS = 20_000;
const LIMIT_MS = 60_000;

/** What kafkajs does, or leaves undone, that the port promises otherwise. */
describe('the Kafka log, where kafkajs has its traps', () => {
  const brokers = testServers().kafkaBrokers.split(',');
  const raw = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const log = new KafkaLog({ brokers, clientId: 'traps' });
  const topics: string[] = [];

  const topicOf = async (spec: Partial<TopicToCreate> = {}): Promise<string> => {
    const name = `traps-${randomUUID()}`;
    topics.push(name);
    await log.createTopics([
      { name, partitions: 1, timestamps: 'CreateTime', retentionMs: 3_600_000, maxRecordBytes: 1024 * 1024, ...spec },
    ]);
    return name;
  };

  afterAll(async () => {
    await log.close();
    const admin = raw.admin();
    await admin.connect();
    await admin.deleteTopics({ topics });
    await admin.disconnect();
  }, LIMIT_MS);

  it(
    'refuses to consume two topics as one group: the assigner would mix them (#1040)',
    async () => {
      const group = randomUUID();
      const subscription = await log.subscribe(await topicOf(), { group, ...ANY_TRAIN }, () => Promise.resolve());
      await expect(log.subscribe(await topicOf(), { group, ...ANY_TRAIN }, () => Promise.resolve())).rejects.toThrow(group);
      await subscription.stop();
    },
    LIMIT_MS,
  );

  it(
    'answers questions beside one that gives the client up',
    async () => {
      const topic = await topicOf({ partitions: 12 });
      const admin = new KafkaAdmin({ brokers, clientId: 'traps', report: () => undefined });
      let over = false;
      const refused = admin.ranges('traps-no-such-topic').finally(() => (over = true));
      const beside = Array.from({ length: 8 }, async () => {
        while (!over) expect(await admin.ranges(topic)).toHaveLength(12);
      });
      await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
      await Promise.all(beside);
      await admin.close();
    },
    LIMIT_MS,
  );

  it(
    'cuts many records of one partition into batches that the broker takes',
    async () => {
      const topic = await topicOf({ maxRecordBytes: 10_000 });
      const value = Buffer.alloc(3_000, 'x');
      const positions = await log.append(
        topic,
        Array.from({ length: 100 }, () => ({ key: 'k', value })),
      );
      expect(positions.map(({ offset }) => offset)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    },
    LIMIT_MS,
  );

  it(
    'appends many calls at once in their order, where an idempotent producer would fail (#598)',
    async () => {
      const topic = await topicOf();
      const calls = Array.from({ length: 2_000 }, (_, i) => log.append(topic, [{ key: 'k', value: Buffer.from(String(i)) }]));
      const offsets = (await Promise.all(calls)).map(([position]) => position?.offset);
      expect(offsets).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
    },
    LIMIT_MS,
  );

  it(
    'passes on what other clients wrote without key, value or single headers',
    async () => {
      const topic = await topicOf();
      const producer = raw.producer({ createPartitioner: () => () => 0 });
      await producer.connect();
      const bytes = Buffer.from([0xff, 0xfe, 0x00]);
      await producer.send({ topic, messages: [{ value: null }, { key: bytes, value: bytes, headers: { twice: ['a', 'b'], odd: bytes } }] });
      await producer.disconnect();
      const seen: ReceivedRecord[] = [];
      const subscription = await log.subscribe(topic, { group: randomUUID(), ...ANY_TRAIN }, ({ records }) => {
        seen.push(...records);
        return Promise.resolve();
      });
      await subscription.caughtUp();
      await subscription.stop();
      expect(seen).toMatchObject([
        { key: '', value: Buffer.alloc(0), headers: {} },
        { value: bytes, headers: { twice: 'b' } },
      ]);
    },
    LIMIT_MS,
  );

  it(
    'stays a member, and is given nothing twice, while a handler takes longer than a session and the buffer is full',
    async () => {
      const topic = await topicOf({ partitions: 3 });
      await log.append(
        topic,
        Array.from({ length: 300 }, (_, i) => ({ key: String(i), value: Buffer.alloc(10) })),
      );
      const seen: string[] = [];
      const onRevoked = jest.fn();
      let slow = true;
      const options = { group: randomUUID(), maxRecords: 10, maxBytes: 100_000, onRevoked };
      const subscription = await log.subscribe(topic, options, async ({ records }) => {
        if (slow) await sleep(10_000);
        slow = false;
        seen.push(...records.map(({ key }) => key));
      });
      await subscription.caughtUp();
      // A member that was given up learns it with the next fetch, at the latest.
      await log.append(topic, [{ key: 'last', value: Buffer.alloc(10) }]);
      await subscription.caughtUp();
      expect([seen.length, new Set(seen).size]).toEqual([301, 301]);
      expect(onRevoked).not.toHaveBeenCalled();
      await subscription.stop();
    },
    LIMIT_MS,
  );

  it(
    'goes on after a rejoin that finds no coordinator, for which kafkajs would give a consumer up',
    async () => {
      const topic = await topicOf({ partitions: 2 });
      const group = randomUUID();
      const seen: string[] = [];
      const onTrain = ({ records }: Train): Promise<void> => Promise.resolve(void seen.push(...records.map(({ key }) => key)));
      const one = await log.subscribe(topic, { group, ...ANY_TRAIN }, onTrain);
      const find = Cluster.prototype.findGroupCoordinator;
      let missed = 0;
      // The first to look for it again is the member that is there, when another one comes.
      const other = new KafkaLog({ brokers, clientId: 'other' });
      jest.spyOn(Cluster.prototype, 'findGroupCoordinator').mockImplementation(function (this: Cluster, of) {
        missed += of.groupId === group ? 1 : 0;
        const isRejoin = of.groupId === group && missed === 2;
        return isRejoin ? Promise.reject(new errors.KafkaJSGroupCoordinatorNotFound('not found')) : find.call(this, of);
      });
      const two = await other.subscribe(topic, { group, ...ANY_TRAIN }, onTrain);
      await two.stop();
      await waitFor(() => one.assigned().length === 2 && missed > 2, { withinMs: WITHIN_MS, what: 'the member to have joined again' });
      await log.append(topic, [
        { key: 'a', value: Buffer.alloc(1), partition: 0 },
        { key: 'b', value: Buffer.alloc(1), partition: 1 },
      ]);
      await waitFor(() => seen.includes('a') && seen.includes('b'), { withinMs: WITHIN_MS, what: 'records of both partitions' });
      jest.restoreAllMocks();
      await one.stop();
      await other.close();
    },
    LIMIT_MS,
  );

  it(
    'makes Node warn of nothing (#1751)',
    async () => {
      const warnings: string[] = [];
      const listen = ({ name }: Error): void => void warnings.push(name);
      process.on('warning', listen);
      const topic = await topicOf();
      let handled = 0;
      const subscription = await log.subscribe(topic, { group: randomUUID(), ...ANY_TRAIN }, ({ records }) => {
        handled += records.length;
        return Promise.resolve();
      });
      for (let i = 0; i < 20; i += 1) await log.append(topic, [{ key: 'k', value: Buffer.alloc(1) }]);
      await waitFor(() => handled === 20, { withinMs: WITHIN_MS, what: 'all of them' });
      await subscription.stop();
      process.off('warning', listen);
      expect(warnings).toEqual([]);
    },
    LIMIT_MS,
  );
});
