import { isDuplicateKey, type Database, type Transaction } from '#storage';

const ATTEMPTS = 5;

/**
 * A transaction whose inserts rest on what it read. A duplicate key then means that someone else inserted at the same moment, and
 * the next attempt reads it.
 */
export async function inTransactionThatReads<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isDuplicateKey(error, '_id_')) throw error;
    }
  }
}
