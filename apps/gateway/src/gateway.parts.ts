import type { Counters } from '#cache';
import type { ServiceParts } from '#runtime';
import type { GatewayConfig } from './gateway.config.js';

export interface GatewayParts extends ServiceParts {
  config: GatewayConfig;
  /** Counts log-ins and registrations over all gateways. */
  counters: Counters;
}
