import { Counter, Histogram, type Registry } from 'prom-client';

export interface BusMetrics {
  /** Records that were handled, by topic and outcome. */
  handled: Counter<'topic' | 'outcome'>;
  /** How long a question or command waited for its answer. */
  askSeconds: Histogram<'type' | 'outcome'>;
  /** How long a handler took for one record. */
  handleSeconds: Histogram<'type'>;
  /** Records per train. */
  trainRecords: Histogram<'topic'>;
  deadLetters: Counter<'topic'>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RECORDS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

const known = new WeakMap<Registry, BusMetrics>();

/** The bus's metrics in this registry; the same ones for every part of a service that asks. */
export function busMetrics(registry: Registry): BusMetrics {
  const metrics = known.get(registry) ?? create([registry]);
  known.set(registry, metrics);
  return metrics;
}

function create(registers: Registry[]): BusMetrics {
  return {
    handled: new Counter({
      name: 'hecto_bus_records_handled_total',
      help: 'Records that were handled, by topic and outcome.',
      labelNames: ['topic', 'outcome'],
      registers,
    }),
    askSeconds: new Histogram({
      name: 'hecto_bus_ask_seconds',
      help: 'Time from a question or command to its answer.',
      labelNames: ['type', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    handleSeconds: new Histogram({
      name: 'hecto_bus_handle_seconds',
      help: 'Time that a handler took for one record.',
      labelNames: ['type'],
      buckets: SECONDS,
      registers,
    }),
    trainRecords: new Histogram({
      name: 'hecto_bus_train_records',
      help: 'Records in a train.',
      labelNames: ['topic'],
      buckets: RECORDS,
      registers,
    }),
    deadLetters: new Counter({
      name: 'hecto_bus_dead_letters_total',
      help: 'Records that went to a dead-letter topic.',
      labelNames: ['topic'],
      registers,
    }),
  };
}
