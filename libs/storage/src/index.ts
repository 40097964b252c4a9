export * from './collection-spec.js';
export * from './database.js';
