import { MongoServerError } from 'mongodb';
import pRetry, { type Options } from 'p-retry';
import { AppError } from '#kernel';
import { mappingStorageErrors } from '#storage';

/** A moment that is too old to be read, or that a change of the collections hides: a later one can be read. */
const OTHER_MOMENT = new Set<number | string | undefined>([239, 246]);
const PATIENCE: Options = { retries: 10, minTimeout: 200, maxTimeout: 5000, maxRetryTime: 60_000 };

/** Reads that go on through an election or a restart: a check may take hours. */
export function steadily<T>(read: () => Promise<T>, patience: Options = PATIENCE): Promise<T> {
  return pRetry(() => mappingStorageErrors(read), { ...patience, shouldRetry: ({ error }) => mayPass(error) });
}

function mayPass(error: Error): boolean {
  return error instanceof AppError ? error.retryable : error instanceof MongoServerError && OTHER_MOMENT.has(error.code);
}
