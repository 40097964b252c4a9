export * from './kafka-log.js';
