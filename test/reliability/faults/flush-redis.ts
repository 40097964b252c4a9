import { Redis } from 'ioredis';
import type { Fault } from './fault.js';

/** Redis forgets everything. */
export const flushRedis: Fault = {
  name: 'flush-redis',
  draw: () => ({
    what: 'FLUSHALL',
    holdMs: 0,
    inject: async ({ servers }) => {
      const redis = new Redis(servers.addresses.redisUrl);
      await redis.flushall();
      redis.disconnect();
      return () => Promise.resolve();
    },
  }),
};
