import { ClassicLevel } from 'classic-level';
import { MemoryLevel } from 'memory-level';
import { type Clock, systemClock } from '#kernel';
import { problem } from '#contracts';
import type {
  AppendRecord,
  EventLog,
  PartitionState,
  Position,
  SubscribeOptions,
  Subscription,
  TopicState,
  TopicToCreate,
  Train,
} from '../log/event-log.js';
import { recordBytes } from '../log/record-size.js';
import { ignoreTrouble, type ReportTrouble } from '../log/trouble.js';
import { AppendQueue } from './append-queue.js';
import type { EmbeddedLogHooks } from './embedded-hooks.js';
import { EmbeddedSubscriptions } from './embedded-subscriptions.js';
import { type Level, LogStore } from './log-store.js';
import { RetentionTimer } from './retention-timer.js';

export interface EmbeddedLogOptions {
  clock?: Clock;
  hooks?: EmbeddedLogHooks;
  report?: ReportTrouble;
  /**
   * Topics whose records end with the process that appended them: at the opening they are deleted, handled or not. Those of questions
   * and answers: whoever asked lived in this log's one process, and a question that was answered just before a kill, but not committed
   * yet, would otherwise be handled once more. All other topics deliver at least once, whatever was killed.
   */
  forgets?: readonly string[];
}

const ENCODINGS = { keyEncoding: 'utf8', valueEncoding: 'buffer' } as const;

/** The log inside the process: LevelDB on disk for standalone, in memory for tests. One process has one; nobody else may open its folder. */
export class EmbeddedLog implements EventLog {
  private readonly queue: AppendQueue;
  private readonly subscriptions: EmbeddedSubscriptions;
  private readonly retention: RetentionTimer;
  private closed = false;

  private constructor(
    private readonly store: LogStore,
    private readonly options: EmbeddedLogOptions,
  ) {
    const { clock = systemClock, hooks = {}, report = ignoreTrouble } = options;
    this.subscriptions = new EmbeddedSubscriptions({ store, hooks, report });
    this.queue = new AppendQueue(store, clock, (topics) => this.subscriptions.wake(topics));
    this.retention = new RetentionTimer(store, clock, report);
  }

  /** The log in the folder `location`, which is made if it is missing. */
  static open({ location, ...options }: EmbeddedLogOptions & { location: string }): Promise<EmbeddedLog> {
    return EmbeddedLog.over(new ClassicLevel<string, Buffer>(location, ENCODINGS), options);
  }

  static inMemory(options: EmbeddedLogOptions = {}): Promise<EmbeddedLog> {
    return EmbeddedLog.over(new MemoryLevel<string, Buffer>(ENCODINGS), options);
  }

  private static async over(level: Level, options: EmbeddedLogOptions): Promise<EmbeddedLog> {
    const store = new LogStore(level);
    await store.open();
    for (const topic of options.forgets ?? []) await store.forget(topic);
    return new EmbeddedLog(store, options);
  }

  identity(): Promise<string> {
    return Promise.resolve(this.store.identity);
  }

  async append(topic: string, records: readonly AppendRecord[]): Promise<Position[]> {
    const { maxRecordBytes } = this.topic(topic).spec;
    for (const record of records) {
      const bytes = recordBytes(record);
      if (bytes > maxRecordBytes)
        throw problem('payload_too_large', `a record of ${bytes} bytes for ${topic}, which takes ${maxRecordBytes}`);
    }
    const outcome = this.options.hooks?.append?.(topic, records) ?? 'do';
    if (outcome === 'refuse') throw problem('unavailable', `the log refused to append to ${topic}`);
    const positions = await this.queue.append(topic, records);
    if (outcome === 'loseAnswer') throw problem('unavailable', `the answer to an append to ${topic} was lost`);
    return positions;
  }

  subscribe(topic: string, options: SubscribeOptions, onTrain: (train: Train) => Promise<void>): Promise<Subscription> {
    const { spec } = this.topic(topic);
    return this.subscriptions.add(spec, options, onTrain);
  }

  describeTopics(names: readonly string[]): Promise<TopicState[]> {
    const found = names.flatMap((name) => this.store.topic(name) ?? []);
    return Promise.resolve(
      found.map(({ spec: { name, partitions, timestamps, maxRecordBytes } }) => ({ name, partitions, timestamps, maxRecordBytes })),
    );
  }

  async createTopics(specs: readonly TopicToCreate[]): Promise<string[]> {
    const missing = specs.filter(({ name }) => !this.store.topic(name));
    for (const spec of missing) await this.store.createTopic(spec);
    return missing.map(({ name }) => name);
  }

  async ranges(topic: string, group?: string): Promise<PartitionState[]> {
    const { ranges } = this.topic(topic);
    const committed = (partition: number) => (group === undefined ? undefined : this.store.committed(group, topic, partition));
    return Promise.all(ranges.map(async (range, partition) => ({ partition, committed: await committed(partition), ...range })));
  }

  ping(): Promise<boolean> {
    return Promise.resolve(!this.closed && this.store.level.status === 'open');
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.subscriptions.stopAll();
    this.closed = true;
    await this.retention.stop();
    await this.queue.drained();
    await this.store.level.close();
  }

  /**
   * For tests: `kill -9` and a new start. Nothing is committed and no train is waited for; what `append` has answered is there.
   * Returns the log as a new process would open it; this one is of no use any more.
   */
  async crash(): Promise<EmbeddedLog> {
    this.closed = true;
    await this.retention.stop();
    this.subscriptions.killAll();
    await this.queue.drained();
    if (this.store.level instanceof ClassicLevel) await this.store.level.close();
    return EmbeddedLog.over(this.store.level, this.options);
  }

  private topic(name: string) {
    const topic = this.closed ? undefined : this.store.topic(name);
    if (!topic) throw problem('unavailable', this.closed ? 'the log is closed' : `there is no topic ${name}`);
    return topic;
  }
}
