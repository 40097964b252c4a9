import { addressesAsEnv, addressesFrom } from './server-addresses.js';

describe('the addresses of the servers', () => {
  it('come from the variables that are set and not empty', () => {
    expect(addressesFrom({ HECTO_MONGO_URL: 'mongodb://m', HECTO_KAFKA_BROKERS: '' })).toEqual({ mongoUrl: 'mongodb://m' });
  });

  it('go back into the variables they came from', () => {
    const env = { HECTO_MONGO_URL: 'mongodb://m', HECTO_KAFKA_BROKERS: 'k:1', HECTO_REDIS_URL: 'redis://r' };
    expect(addressesAsEnv(addressesFrom(env) as Parameters<typeof addressesAsEnv>[0])).toEqual(env);
  });
});
