export * from './check-topics.js';
export * from './service-definition.js';
export * from './service-parts.js';
export * from './start-error.js';
export * from './start-http-service.js';
export * from './start-service.js';
export * from './tokens.js';
