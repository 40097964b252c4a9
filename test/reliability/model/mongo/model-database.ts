import type { ClientSession } from 'mongodb';
import type { Database } from '#storage';
import { toMongo, toPlain, type Plain } from './documents.js';
import { type DatabaseRequest, DocumentStore } from './document-store.js';

/** Whoever decides when a call reaches the database, and what comes back. */
export interface DatabasePort {
  request(request: DatabaseRequest): Promise<Plain>;
  /** Resolves when the transaction has committed as far as its process hears; it runs `work` on documents of its choice. */
  transaction(work: (documents: DocumentStore) => Promise<unknown>): Promise<unknown>;
}

/**
 * What the message service's repositories get in place of MongoDB. Outside of a transaction every call is a step of its own; within
 * one, all of it happens at one moment, on the documents that are there then.
 */
export function modelDatabase(port: DatabasePort): Database {
  const twin = {
    collection: ({ name }: { name: string }) => modelCollection(name, port),
    transaction: (work: (session: ClientSession) => Promise<unknown>) =>
      port.transaction((documents) => work(documents as unknown as ClientSession)),
  };
  return twin as unknown as Database;
}

function modelCollection(collection: string, port: DatabasePort) {
  const call = async (method: DatabaseRequest['method'], args: unknown[], options?: { session?: unknown }): Promise<unknown> => {
    const request = { collection, method, args: args.map(toPlain) };
    const { session } = options ?? {};
    return toMongo(session instanceof DocumentStore ? session.execute(request) : await port.request(request));
  };
  return {
    find: (filter: object) => ({ toArray: () => call('find', [filter]) }),
    findOne: (filter: object, options?: object) => call('findOne', options ? [filter, options] : [filter]),
    findOneAndUpdate: (filter: object, update: object) => call('findOneAndUpdate', [filter, update]),
    bulkWrite: (operations: object[], options?: { session?: unknown }) => call('bulkWrite', [operations], options),
    insertMany: (documents: object[], options?: { session?: unknown }) => call('insertMany', [documents], options),
  };
}
