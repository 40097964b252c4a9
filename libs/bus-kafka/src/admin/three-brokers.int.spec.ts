import { startKafka, type KafkaServer } from '#testing';
import { KafkaAdmin } from './kafka-admin.js';

const LIMIT_MS = 120_000;
const TOPICS = 12;
const PARTITIONS = 8;

describe('the administration of three brokers, which do not hear of a topic at the same time', () => {
  let kafka: KafkaServer;
  beforeAll(async () => {
    kafka = await startKafka({ brokers: 3 });
  }, LIMIT_MS);
  afterAll(() => kafka.stop(), LIMIT_MS);

  it.each([1, 2, 3])(
    'creates many topics, and answers about all of them at once (%i)',
    async (round) => {
      const admin = new KafkaAdmin({ brokers: kafka.brokers.split(','), clientId: 'three-brokers', report: () => undefined });
      const specs = Array.from({ length: TOPICS }, (_, i) => ({
        name: `t-${round}-${i}`,
        partitions: PARTITIONS,
        timestamps: 'CreateTime' as const,
        retentionMs: 3_600_000,
        maxRecordBytes: 1024 * 1024,
      }));
      const names = specs.map(({ name }) => name);
      expect(await admin.create(specs)).toEqual(names);
      const ranges = await Promise.all(names.map((name) => admin.ranges(name)));
      expect(ranges.map(({ length }) => length)).toEqual(names.map(() => PARTITIONS));
      await admin.close();
    },
    LIMIT_MS,
  );
});
