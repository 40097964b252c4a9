import {
  MongoBulkWriteError,
  MongoError,
  MongoErrorLabel,
  MongoNetworkError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { problem } from '#contracts';
import type { AppError } from '#kernel';

const DUPLICATE_KEY = 11000;

/** Server codes that say "not now, not here": a primary that is none, a shutdown, an election, a wait that ended. */
const AWAY_CODES = new Set<number | string | undefined>([
  6, 7, 64, 89, 91, 133, 134, 189, 202, 262, 317, 358, 384, 9001, 10058, 10107, 11600, 11602, 13435, 13436,
]);

/** What Node says of a connection that broke just as the driver wrote to it: the driver passes these on as they are. */
const BROKEN_SOCKET = new Set<unknown>([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/**
 * What a caller should see of an error of the driver: `timeout` when a commit's outcome is unknown, `unavailable` when the server was
 * away or the transaction lost too many races, and undefined for everything else (a duplicate key, a fault of ours).
 */
export function storageProblem(error: unknown): AppError | undefined {
  if (isBrokenSocket(error)) return problem('unavailable', 'MongoDB does not answer', { cause: error });
  if (!(error instanceof MongoError)) return undefined;
  if (error.hasErrorLabel(MongoErrorLabel.UnknownTransactionCommitResult)) {
    return problem('timeout', 'MongoDB did not say whether it committed', { cause: error });
  }
  if (isDuplicateKey(error)) return undefined;
  if (error.hasErrorLabel(MongoErrorLabel.TransientTransactionError)) {
    return problem('unavailable', 'MongoDB could not complete the transaction', { cause: error });
  }
  return isAway(error) ? problem('unavailable', 'MongoDB does not answer', { cause: error }) : undefined;
}

export function isBrokenSocket(error: unknown): boolean {
  return error instanceof Error && !(error instanceof MongoError) && BROKEN_SOCKET.has((error as NodeJS.ErrnoException).code);
}

/** Runs `work` and throws `storageProblem` of what it rejects with, where there is one. */
export async function mappingStorageErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageProblem(error) ?? error;
  }
}

/** Whether a unique index refused a write; with `index`, whether that one did (`_id_` for the document id). */
export function isDuplicateKey(error: unknown, index?: string): error is MongoServerError {
  if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) return false;
  return index === undefined || duplicateKeyIndex(error) === index;
}

/** The name of the unique index that refused a write. */
export function duplicateKeyIndex(error: unknown): string | undefined {
  return isDuplicateKey(error) ? indexNamedIn(error.message) : undefined;
}

/** Of an unordered bulk write: which of its writes a unique index refused, and which index. Throws `error` when it says anything else. */
export function duplicateKeysOf(error: unknown): Map<number, string | undefined> {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failed = [error.writeErrors].flat();
  if (failed.length === 0 || failed.some((write) => write.code !== DUPLICATE_KEY)) throw error;
  return new Map(failed.map((write) => [write.index, indexNamedIn(write.errmsg ?? '')]));
}

function indexNamedIn(message: string): string | undefined {
  return /index: (\S+) dup key/.exec(message)?.[1];
}

function isAway(error: MongoError): boolean {
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoServerClosedError ||
    error instanceof MongoTopologyClosedError ||
    isInterruptedBulkWrite(error) ||
    // Pool cleared, pool closed, no connection free in time: their classes aren't all exported.
    /^(Mongo(Pool|WaitQueue|NotConnected|ClientClosed|ExpiredSession)|PoolCleared)/.test(error.name) ||
    AWAY_CODES.has(error.code)
  );
}

/**
 * A bulk write that lost its connection: the driver wraps the error, and all that is left of it is that no write was refused, and what
 * Node said, if that was it.
 */
function isInterruptedBulkWrite(error: MongoError): boolean {
  if (!(error instanceof MongoBulkWriteError) || [error.writeErrors].flat().length > 0) return false;
  return error.code === undefined || BROKEN_SOCKET.has(error.code);
}
