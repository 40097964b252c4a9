import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What delivery says about itself. */
export class DeliveryMetrics {
  private readonly latency: Histogram;
  private readonly bodies: Counter;
  private readonly hints: Counter;
  private readonly resyncs: Counter<'reason'>;
  private readonly held: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.latency = new Histogram({
      name: 'hecto_delivery_seconds',
      help: 'From the time a message was sent, by the log’s clock, to its hand-over to the sockets of this gateway.',
      buckets: SECONDS,
      registers,
    });
    this.bodies = new Counter({ name: 'hecto_deliveries_total', help: 'Messages written to sockets, one for each socket.', registers });
    this.hints = new Counter({ name: 'hecto_hints_total', help: 'Hints written in place of bodies to slow sockets.', registers });
    this.resyncs = new Counter({
      name: 'hecto_resyncs_total',
      help: 'Times that all sockets were told to sync.',
      labelNames: ['reason'],
      registers,
    });
    this.held = new Gauge({
      name: 'hecto_delivery_held',
      help: '1 while nothing is delivered because the feed may have holes.',
      registers,
    });
  }

  delivered(latencyMs: number): void {
    this.latency.observe(Math.max(0, latencyMs) / 1000);
  }

  bodyWritten(): void {
    this.bodies.inc();
  }

  hintWritten(): void {
    this.hints.inc();
  }

  holdStarted(reason: string): void {
    this.resyncs.inc({ reason });
    this.held.set(1);
  }

  holdEnded(): void {
    this.held.set(0);
  }
}
