import { setTimeout as sleep } from 'node:timers/promises';
import { MongoError, MongoErrorLabel, type ClientSession } from 'mongodb';
import { isBrokenSocket } from './storage-errors.js';

const FIRST_BACKOFF_MS = 5;
const MAX_BACKOFF_MS = 200;

/**
 * The driver's `withTransaction` with a deadline of ours: its own is two minutes and can't be set. The deadline stops further
 * attempts; a command that is on its way is bounded by the client's socket timeout.
 */
export async function boundedTransaction<T>(
  session: ClientSession,
  work: (session: ClientSession) => Promise<T>,
  { timeoutMs }: { timeoutMs: number },
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptTransaction(session, work, deadline);
    } catch (error) {
      const backoffMs = Math.random() * Math.min(FIRST_BACKOFF_MS * 1.5 ** attempt, MAX_BACKOFF_MS);
      if (!hasLabel(error, MongoErrorLabel.TransientTransactionError) || performance.now() + backoffMs >= deadline) throw error;
      await sleep(backoffMs);
    }
  }
}

async function attemptTransaction<T>(session: ClientSession, work: (session: ClientSession) => Promise<T>, deadline: number): Promise<T> {
  session.startTransaction();
  let result: T;
  try {
    result = await work(session);
  } catch (error) {
    // Best effort: what isn't aborted here, the server aborts by itself.
    await session.abortTransaction().catch(() => undefined);
    throw error;
  }
  await commit(session, deadline);
  return result;
}

async function commit(session: ClientSession, deadline: number): Promise<void> {
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      // Committing again is safe and settles an unknown outcome.
      if (!isOutcomeUnknown(error) || performance.now() >= deadline) throw error;
    }
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return hasLabel(error, MongoErrorLabel.UnknownTransactionCommitResult) || isBrokenSocket(error);
}

function hasLabel(error: unknown, label: string): boolean {
  return error instanceof MongoError && error.hasErrorLabel(label);
}
