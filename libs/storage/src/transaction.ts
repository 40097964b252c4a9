import type { ClientSession } from 'mongodb';

/** What a repository's method takes to write within a transaction of `Database.transaction`. */
export type Transaction = ClientSession;
