import type { HttpApi } from './http-api.js';
import { patiently } from './patiently.js';

/** Longer than a restart takes. */
const PATIENCE_MS = 60_000;

/** Throws when no server answers there, so that nobody waits for one that does not exist. */
export async function requireServer(api: HttpApi, url: string, onRetry?: (error: Error) => void): Promise<void> {
  try {
    await patiently(() => api.call('GET', '/v1/server'), { giveUpAfterMs: PATIENCE_MS, ...(onRetry && { onRetry }) });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`No Hecto server answers at ${url} (${why}). Start it (npm start), or name it by --url`, { cause });
  }
}
