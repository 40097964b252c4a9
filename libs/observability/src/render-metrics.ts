import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client';
import type { Telemetry } from './telemetry.js';

/** What `/metrics` shows of a process: the process itself once, and each service in it under its own label. */
export class ProcessMetrics {
  static readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  private readonly process = new Registry();

  constructor(private readonly telemetries: readonly Telemetry[]) {
    collectDefaultMetrics({ register: this.process });
  }

  async render(): Promise<string> {
    // Two registries may hold a metric of one name; in the text format its lines must stand together.
    const services = AggregatorRegistry.aggregate(await Promise.all(this.telemetries.map(({ metrics }) => metrics.getMetricsAsJSON())));
    return `${await this.process.metrics()}\n${await services.metrics()}`;
  }
}
