import { setTimeout as sleep } from 'node:timers/promises';
import { RedisCounters } from '#cache';
import { silentTelemetry } from '#observability';
import { fine, trouble, type Finding } from './finding.js';

const ANSWER_MS = 3000;
const PAUSE_MS = 100;

export async function checkRedis(url: string): Promise<Finding[]> {
  const counters = new RedisCounters({ url, logger: silentTelemetry('doctor').logger });
  try {
    const deadline = performance.now() + ANSWER_MS;
    while (performance.now() < deadline) {
      if (await counters.ping(ANSWER_MS)) return [fine('Redis', 'answers')];
      await sleep(PAUSE_MS);
    }
    const advice = 'start it, or correct HECTO_REDIS_URL; until then limits on log-ins and registrations hold per gateway';
    return [trouble('Redis', 'does not answer', advice)];
  } finally {
    await counters.close();
  }
}
