import { AppError } from '#kernel';

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 5000;
/** Of a record whose handler fails by itself. While something it needs is away, it is tried for as long as that lasts. */
const MAX_ATTEMPTS = 6;

/** How long to wait after the `attempt`th failure (from 1); undefined: give up. */
export function delayAfter(attempt: number, error: unknown): number | undefined {
  if (attempt >= MAX_ATTEMPTS && !isPassing(error)) return undefined;
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 20));
}

/** An outage, not a fault of the record. */
function isPassing(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'unavailable' || error.code === 'timeout');
}
