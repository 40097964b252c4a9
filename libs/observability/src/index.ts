export * from './bus-metrics.js';
export * from './health.js';
export * from './logger.js';
export * from './render-metrics.js';
export * from './request-context.js';
export * from './telemetry.js';
export * from './traceparent.js';
