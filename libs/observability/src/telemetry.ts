import type { Logger } from 'pino';
import type { Registry } from 'prom-client';

/** One service's voice: structured logs and metrics, both labelled with the service's name. */
export interface Telemetry {
  service: string;
  logger: Logger;
  metrics: Registry;
}
