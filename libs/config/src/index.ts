export * from './config-error.js';
export * from './data-files.js';
export * from './development-keys.js';
export type { JwtKey } from './keys.js';
export * from './load-settings.js';
export type { Quota, Rate } from './parsers.js';
export type { Program, SettingsOf } from './service-settings.js';
export * from './settings-page.js';
