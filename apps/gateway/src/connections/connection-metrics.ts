import { Counter, Gauge, type Registry } from 'prom-client';

/** What the sockets say about themselves. */
export class ConnectionMetrics {
  private readonly open: Gauge;
  private readonly frames: Counter<'type' | 'outcome'>;
  private readonly closes: Counter<'code'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.open = new Gauge({ name: 'hecto_connections', help: 'Open WebSockets.', registers });
    this.frames = new Counter({
      name: 'hecto_frames_total',
      help: 'Frames of clients by type and outcome: ok, or the error’s code.',
      labelNames: ['type', 'outcome'],
      registers,
    });
    this.closes = new Counter({ name: 'hecto_closes_total', help: 'Closed WebSockets by close code.', labelNames: ['code'], registers });
  }

  opened(): void {
    this.open.inc();
  }

  closed(code: number): void {
    this.open.dec();
    this.closes.inc({ code });
  }

  answered(type: string, outcome: string): void {
    this.frames.inc({ type, outcome });
  }
}
