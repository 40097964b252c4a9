export * from './collection-spec.js';
export * from './database.js';
export * from './storage-check.js';
export * from './storage-errors.js';
export * from './storage-sync.js';
export type * from './transaction.js';
