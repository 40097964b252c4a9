import { Counter, Histogram, type Registry } from 'prom-client';
import type { Decision } from './decision.js';

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export class TrainMetrics {
  private readonly steps: Histogram<'step'>;
  private readonly decisions: Counter<'decision'>;

  constructor(registry: Registry) {
    this.steps = new Histogram({
      name: 'hecto_train_step_seconds',
      help: 'Time that each step of a train took.',
      labelNames: ['step'],
      buckets: SECONDS,
      registers: [registry],
    });
    this.decisions = new Counter({
      name: 'hecto_train_decisions_total',
      help: 'Records of message.send.v1 by what was decided.',
      labelNames: ['decision'],
      registers: [registry],
    });
  }

  async timed<T>(step: 'load' | 'commit' | 'publish', work: () => Promise<T>): Promise<T> {
    const end = this.steps.startTimer({ step });
    try {
      return await work();
    } finally {
      end();
    }
  }

  count(decisions: readonly Decision[]): void {
    for (const { kind } of decisions) this.decisions.inc({ decision: kind });
  }
}
