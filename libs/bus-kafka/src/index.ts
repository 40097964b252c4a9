export * from './kafka-log.js';
export * from './kafka-log-for.js';
