/** Where the three servers are, under the names of the variables that every service reads. */
export interface ServerAddresses {
  mongoUrl: string;
  kafkaBrokers: string;
  redisUrl: string;
}

const VARIABLES = { mongoUrl: 'HECTO_MONGO_URL', kafkaBrokers: 'HECTO_KAFKA_BROKERS', redisUrl: 'HECTO_REDIS_URL' } as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Those that the environment names. */
export function addressesFrom(env: Environment): Partial<ServerAddresses> {
  const named = Object.entries(VARIABLES).map(([field, variable]) => [field, env[variable]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined && value !== ''));
}

export function addressesAsEnv(addresses: ServerAddresses): Record<string, string> {
  return Object.fromEntries(Object.entries(VARIABLES).map(([field, variable]) => [variable, addresses[field as keyof ServerAddresses]]));
}

/** The servers of a test run; the run's set-up has started them, or its environment named them. */
export function testServers(): ServerAddresses {
  const { mongoUrl, kafkaBrokers, redisUrl } = addressesFrom(process.env);
  if (mongoUrl === undefined || kafkaBrokers === undefined || redisUrl === undefined) {
    throw new Error(`${Object.values(VARIABLES).join(', ')} are not all set: run the tests by jest's projects int and e2e`);
  }
  return { mongoUrl, kafkaBrokers, redisUrl };
}
