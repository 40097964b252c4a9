import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { currentContext } from './request-context.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerSettings {
  service: string;
  /** Tells the processes of one service apart. */
  instance?: string | undefined;
  level: LogLevel;
  /** Default: standard output. */
  destination?: DestinationStream | undefined;
}

/** One JSON object a line; every line of a request carries its request id and trace. */
export function createLogger(settings: LoggerSettings): Logger {
  const options: LoggerOptions = {
    level: settings.level,
    base: { service: settings.service, ...(settings.instance === undefined ? {} : { instance: settings.instance }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...currentContext() }),
  };
  return settings.destination ? pino(options, settings.destination) : pino(options);
}
