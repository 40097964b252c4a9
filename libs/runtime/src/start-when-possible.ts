import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#kernel';
import { checkReadiness, isReady, type Readiness } from '#observability';
import type { ProcessPlan } from './process-plan.js';
import type { RunningService } from './service-parts.js';

const RETRY_MS = 1000;

interface Watch {
  /** What the servers answered, each time they were asked. */
  onAnswer: (readiness: Readiness) => void;
  /** One of the servers went away while the services started. */
  onRefused: (error: AppError) => void;
  signal: AbortSignal;
}

/**
 * Starts the services once their servers answer, however long that takes: under docker compose all of them start at once. Gives
 * up for what waiting would not mend (a wrong topic or schema, a bug), and, with an empty list, when the signal says so.
 */
export async function startWhenPossible(plan: ProcessPlan, watch: Watch): Promise<readonly RunningService[]> {
  while (!watch.signal.aborted) {
    const readiness = await checkReadiness(plan.servers);
    watch.onAnswer(readiness);
    if (isReady(readiness)) {
      const services = await tryToStart(plan, watch);
      if (services) return services;
    }
    await delay(RETRY_MS, undefined, { signal: watch.signal }).catch(() => undefined);
  }
  return [];
}

async function tryToStart(plan: ProcessPlan, watch: Watch): Promise<readonly RunningService[] | undefined> {
  try {
    return await plan.start();
  } catch (error) {
    if (!(error instanceof AppError) || !error.retryable) throw error;
    watch.onRefused(error);
    return undefined;
  }
}
