export * from './mongo-outbox.js';
export { outboxCollection, type OutboxDocument } from './outbox.document.js';
export * from './outbox.js';
