import type { DestinationStream, Logger } from 'pino';
import { Registry } from 'prom-client';
import { createLogger, type LogLevel } from './logger.js';

/** One service's voice: structured logs and metrics, both labelled with the service's name. */
export interface Telemetry {
  service: string;
  logger: Logger;
  metrics: Registry;
}

export interface TelemetrySettings {
  service: string;
  instance?: string | undefined;
  logLevel: LogLevel;
  /** Where log lines go; default: standard output. */
  destination?: DestinationStream | undefined;
}

export function createTelemetry(settings: TelemetrySettings): Telemetry {
  const { service, instance, destination } = settings;
  const metrics = new Registry();
  metrics.setDefaultLabels({ service });
  return { service, metrics, logger: createLogger({ service, instance, destination, level: settings.logLevel }) };
}

/** For tests and tools that want to hear nothing. */
export function silentTelemetry(service: string): Telemetry {
  return createTelemetry({ service, logLevel: 'silent' });
}
