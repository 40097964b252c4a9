export * from './service-parts.js';
