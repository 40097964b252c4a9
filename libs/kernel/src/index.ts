export * from './app-error.js';
export * from './brand.js';
export * from './clock.js';
export * from './deferred.js';
export * from './ids.js';
export * from './serial-by-key.js';
