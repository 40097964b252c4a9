import type { Logger } from 'pino';

/** Waits for `work`, but not longer than `timeoutMs`; whatever it comes to, the steps after it get their turn. */
export async function within(timeoutMs: number, what: string, work: Promise<unknown>, logger: Logger): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(() => resolve('timeout'), timeoutMs);
  });
  try {
    if ((await Promise.race([work, timeout])) === 'timeout') logger.warn({ timeoutMs }, `${what} took too long`);
  } catch (error) {
    logger.error({ err: error }, `${what} failed`);
  } finally {
    clearTimeout(timer);
  }
}
