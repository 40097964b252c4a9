import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Counters, Taken } from './counters.js';
import { WindowLimiters } from './window-limiters.js';

const COMMAND_TIMEOUT_MS = 1000;
const MAX_RECONNECT_DELAY_MS = 2000;

/** Counters in Redis, shared by all processes; while it is away each process counts by itself. It reconnects by itself. */
export class RedisCounters implements Counters {
  private readonly redis: Redis;
  private readonly limiters: WindowLimiters;

  constructor({ url, logger }: { url: string; logger: Logger }) {
    this.redis = new Redis(url, {
      // Nothing waits for Redis: what can't be sent now is counted in memory.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      connectTimeout: COMMAND_TIMEOUT_MS,
      retryStrategy: (attempt) => Math.min(50 * attempt, MAX_RECONNECT_DELAY_MS),
    });
    this.redis.on('error', (error) => logger.warn({ err: error }, 'Redis is away; limits hold per process'));
    this.limiters = new WindowLimiters(
      (window) =>
        new RateLimiterRedis({
          ...window,
          storeClient: this.redis,
          rejectIfRedisNotReady: true,
          insuranceLimiter: new RateLimiterMemory(window),
        }),
    );
  }

  take(key: string, limit: number, windowMs: number): Promise<Taken> {
    return this.limiters.take(key, limit, windowMs);
  }

  async ping(timeoutMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, timeoutMs, false)));
    const answered = this.redis.ping().then(
      () => true,
      () => false,
    );
    return Promise.race([answered, late]).finally(() => clearTimeout(timer));
  }

  async close(): Promise<void> {
    await this.redis.quit().catch(() => this.redis.disconnect());
  }
}
