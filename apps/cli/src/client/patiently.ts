import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, isRetryable } from './api-error.js';

export interface Patience {
  /** After so long without success the last error is thrown (ms, default 10 minutes): servers may be restarted meanwhile. */
  giveUpAfterMs?: number;
  /** Told why, each time it will be tried again. */
  onRetry?: (error: Error) => void;
}

const TEN_MINUTES = 10 * 60_000;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 3000;

/** Does `work` until it succeeds: again after errors that may pass, with full jitter; any other error is thrown at once. */
export async function patiently<T>(work: () => Promise<T>, { giveUpAfterMs = TEN_MINUTES, onRetry }: Patience = {}): Promise<T> {
  const deadline = performance.now() + giveUpAfterMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || performance.now() > deadline) throw error;
      onRetry?.(error as Error);
      await sleep(delayMs(attempt, error));
    }
  }
}

function delayMs(attempt: number, error: unknown): number {
  const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(asked, Math.random() * Math.min(FIRST_DELAY_MS * 2 ** attempt, MAX_DELAY_MS));
}
