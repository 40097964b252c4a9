import { join } from 'node:path';
import { startKafka, type KafkaOptions, type KafkaServer } from './kafka/start-kafka.js';
import { startMongo, type MongoOptions, type MongoServer } from './mongo/start-mongo.js';
import { startRedis, type RedisServer } from './redis/start-redis.js';
import type { ServerAddresses } from './server-addresses.js';
import type { ServerOptions } from './server-options.js';

export interface ServersOptions extends ServerOptions {
  /** Servers that run already, and are left alone. */
  given?: Partial<ServerAddresses>;
  mongo?: Pick<MongoOptions, 'members' | 'peers'>;
  kafka?: Pick<KafkaOptions, 'brokers' | 'doors' | 'peers'>;
}

export interface Servers {
  addresses: ServerAddresses;
  /** Those that were started here. */
  mongo: MongoServer | undefined;
  kafka: KafkaServer | undefined;
  redis: RedisServer | undefined;
  stop(): Promise<void>;
}

/** MongoDB, Kafka and Redis: those that were given, and the rest started, all at once. When one can't be had, none stays. */
export async function startServers(options: ServersOptions = {}): Promise<Servers> {
  const { given = {} } = options;
  const running: { stop(): Promise<void> }[] = [];
  const kept = async <S extends { stop(): Promise<void> }>(starting: Promise<S>): Promise<S> => {
    const server = await starting;
    running.push(server);
    return server;
  };
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()));
  };
  const starting = [
    given.mongoUrl === undefined ? kept(startMongo({ ...optionsOf('mongo', options), ...options.mongo })) : undefined,
    given.kafkaBrokers === undefined ? kept(startKafka({ ...optionsOf('kafka', options), ...options.kafka })) : undefined,
    given.redisUrl === undefined ? kept(startRedis(optionsOf('redis', options))) : undefined,
  ] as const;
  await allOrNone(starting, stop);
  const [mongo, kafka, redis] = [await starting[0], await starting[1], await starting[2]];
  const addresses = {
    mongoUrl: given.mongoUrl ?? mongo?.url ?? '',
    kafkaBrokers: given.kafkaBrokers ?? kafka?.brokers ?? '',
    redisUrl: given.redisUrl ?? redis?.url ?? '',
  };
  return { addresses, mongo, kafka, redis, stop };
}

function optionsOf(server: string, { dataDir, logDir, cacheDir, say }: ServersOptions): ServerOptions {
  return {
    dataDir: dataDir === undefined ? undefined : join(dataDir, server),
    ...(logDir === undefined ? {} : { logDir }),
    ...(cacheDir === undefined ? {} : { cacheDir }),
    ...(say === undefined ? {} : { say }),
  };
}

/** All the problems at once: whoever installs one server learns of the other too. */
async function allOrNone(starting: readonly (Promise<unknown> | undefined)[], stop: () => Promise<void>): Promise<void> {
  const settled = await Promise.allSettled(starting.filter((each) => each !== undefined));
  const problems = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  if (problems.length === 0) return;
  await stop();
  const text = problems.map((problem) => (problem instanceof Error ? problem.message : String(problem))).join('\n\n');
  throw new Error(text, { cause: problems[0] });
}
