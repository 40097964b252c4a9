import { randomUUID } from 'node:crypto';
import type { EventLog, TopicToCreate } from '../log/event-log.js';

/** One log with its data, as the conformance suite needs it. Each test has its own. */
export interface LogUnderTest {
  log: EventLog;
  /** As another process would have it: the same data, its own memory (the embedded log has one process only: itself). */
  another(): Promise<EventLog>;
  /** As `kill -9` of the process that has `log`, with everything it subscribed; returns the log as its successor opens it. */
  crash(): Promise<EventLog>;
  dispose(): Promise<void>;
}

export interface Conformance {
  name: string;
  create(): Promise<LogUnderTest>;
  /** How many random cases a property tries: few where each costs a round trip. */
  runs: number;
  /** The longest that anything may take: a rebalance after a crash, at worst. */
  patienceMs: number;
}

/** What a test has at hand: a log of its own, and names that nothing else uses. */
export class Bench {
  private constructor(
    readonly under: LogUnderTest,
    readonly conformance: Conformance,
  ) {}

  static async over(conformance: Conformance): Promise<Bench> {
    return new Bench(await conformance.create(), conformance);
  }

  get log(): EventLog {
    return this.under.log;
  }

  group(): string {
    return `conformance-${randomUUID()}`;
  }

  async topic(spec: Partial<TopicToCreate> = {}): Promise<string> {
    const name = `conformance-${randomUUID()}`;
    await this.log.createTopics([
      { name, partitions: 4, timestamps: 'LogAppendTime', retentionMs: 3_600_000, maxRecordBytes: 1024 * 1024, ...spec },
    ]);
    return name;
  }
}

/** Runs a test on a bench of its own, disposed of whatever happens. */
export async function withBench(conformance: Conformance, test: (bench: Bench) => Promise<void>): Promise<void> {
  const bench = await Bench.over(conformance);
  try {
    await test(bench);
  } finally {
    await bench.under.dispose();
  }
}
