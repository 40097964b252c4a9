export * from './client/bus.js';
export * from './client/envelope.js';
export * from './log/event-log.js';
export * from './transport/patterns.js';
export * from './embedded/embedded-hooks.js';
export * from './embedded/embedded-log.js';
