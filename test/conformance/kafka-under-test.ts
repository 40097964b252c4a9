import { Kafka, logLevel } from 'kafkajs';
import { KafkaLog } from '#bus-kafka';
import type { LogUnderTest } from '../../libs/bus/src/conformance/log-under-test.suite.js';
import { CuttableSockets } from './cuttable-sockets.js';

/** A KafkaLog on these brokers, whose topics go with it. A crash cuts its sockets: to the broker that is what a killed process is. */
export function kafkaUnderTest(brokers: readonly string[]): Promise<LogUnderTest> {
  const topics: string[] = [];
  const living: KafkaLog[] = [];

  const open = (sockets?: CuttableSockets): KafkaLog => {
    const log = new TopicKeeper({ brokers, clientId: 'conformance', ...(sockets && { socketFactory: sockets.factory }) }, topics);
    living.push(log);
    return log;
  };

  const sockets = new CuttableSockets();
  let dying: Promise<void> | undefined;
  const log = open(sockets);
  return Promise.resolve({
    log,
    another: () => Promise.resolve(open()),
    crash: () => {
      sockets.cut();
      living.splice(living.indexOf(log), 1);
      dying = log.close();
      return Promise.resolve(open());
    },
    dispose: async () => {
      await Promise.all([dying, ...living.map((one) => one.close())]);
      await drop(brokers, topics);
    },
  });
}

/** Remembers what it creates. */
class TopicKeeper extends KafkaLog {
  constructor(
    options: ConstructorParameters<typeof KafkaLog>[0],
    private readonly topics: string[],
  ) {
    super(options);
  }

  override async createTopics(specs: Parameters<KafkaLog['createTopics']>[0]): Promise<string[]> {
    const created = await super.createTopics(specs);
    this.topics.push(...created);
    return created;
  }
}

async function drop(brokers: readonly string[], topics: string[]): Promise<void> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.deleteTopics({ topics });
  await admin.disconnect();
}
