import { setTimeout as sleep } from 'node:timers/promises';
import type { PartitionState, ReceivedRecord, SubscribeOptions, Subscription, Train } from '../log/event-log.js';
import { OffsetCommitter } from '../log/offset-committer.js';
import { OffsetLedger } from '../log/offset-ledger.js';
import { Positioner } from '../log/positioner.js';
import { Signal } from '../log/signal.js';
import { TrainLoop, type TrainLimits, type TrainSource } from '../log/train-loop.js';
import type { ReportTrouble } from '../log/trouble.js';
import type { EmbeddedLogHooks } from './embedded-hooks.js';
import type { Member } from './group-coordinator.js';
import type { LogStore } from './log-store.js';
import { PartitionReader } from './partition-reader.js';

const COMMIT_EVERY_MS = 500;
/** How long a partition's next owner waits for the train of the one before; after it both may handle the same records, as in Kafka. */
const HAND_OVER_MS = 2_000;
const READ_RETRY_MS = 100;

export interface SubscriptionParts {
  store: LogStore;
  hooks: EmbeddedLogHooks;
  report: ReportTrouble;
  topic: string;
  options: SubscribeOptions;
  onTrain: (train: Train) => Promise<void>;
  /** Takes the subscription out of its group, so that the others get its partitions. */
  leave: (subscription: EmbeddedSubscription) => Promise<void>;
}

/** One member of a group: reads its partitions from the store, train by train. */
export class EmbeddedSubscription implements Subscription, TrainSource, Member {
  readonly arrivals = new Signal();
  private readonly owned = new Set<number>();
  private readonly zombies = new Set<number>();
  private readonly ledger = new OffsetLedger();
  private readonly reader: PartitionReader;
  private readonly loop: TrainLoop;
  private readonly committer: OffsetCommitter;
  private readonly positioner: Positioner;
  private dead = false;
  private stopped: Promise<void> | undefined;

  constructor(private readonly parts: SubscriptionParts) {
    const { options, onTrain, report } = parts;
    this.reader = new PartitionReader(parts.store, parts.topic);
    this.loop = new TrainLoop(this, options, onTrain);
    this.committer = new OffsetCommitter(this.ledger, (offsets) => this.commit(offsets), { everyMs: COMMIT_EVERY_MS, report });
    this.positioner = new Positioner({
      statesOf: (partitions) => this.statesOf(partitions),
      startAt: options.startAt,
      onPlaced: (partition, offset) => this.placed(partition, offset),
      report,
    });
  }

  start(): void {
    this.loop.start();
  }

  assigned(): readonly number[] {
    return [...this.owned];
  }

  caughtUp(): Promise<void> {
    return this.ledger.reach(new Map([...this.owned].map((partition) => [partition, this.reader.rangeOf(partition).latest])));
  }

  sinceLastPollMs(): number {
    return 0;
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  /** As `kill -9`: nothing departs, commits or waits any more. */
  kill(): void {
    this.dead = true;
    this.positioner.stop();
    this.committer.stop();
    this.reader.clear();
    void this.loop.stop();
  }

  async assign(partitions: readonly number[]): Promise<void> {
    for (const partition of partitions) {
      this.owned.add(partition);
      this.zombies.delete(partition);
    }
    await this.positioner.place(partitions);
  }

  async release(partitions: readonly number[]): Promise<void> {
    if (partitions.length === 0) return;
    if (!this.stopped && this.parts.hooks.zombie?.(partitions, this.of)) {
      for (const partition of partitions) this.zombies.add(partition);
      return;
    }
    this.positioner.forget(partitions);
    this.reader.drop(partitions);
    await Promise.race([this.loop.trainEnded(), sleep(HAND_OVER_MS, undefined, { ref: false })]);
    await this.committer.flush();
    for (const partition of partitions) this.owned.delete(partition);
    this.ledger.forget(partitions);
    this.parts.options.onRevoked?.(partitions);
  }

  hasMore(): boolean {
    return this.reader.hasMore();
  }

  async take(limits: TrainLimits): Promise<readonly ReceivedRecord[]> {
    try {
      const records = await this.reader.read(limits);
      this.ledger.depart({ records });
      return records;
    } catch (error) {
      if (this.dead) return [];
      this.parts.report(`read ${this.parts.topic}`, error);
      await sleep(READ_RETRY_MS);
      return [];
    }
  }

  commitAhead(train: Train): Promise<void> {
    return this.committer.commitAhead(train);
  }

  resolved(train: Train): void {
    if (this.dead) return;
    if (this.parts.hooks.repeat?.(train, this.of)) {
      this.rewind();
      return;
    }
    this.positioner.succeeded(new Set(train.records.map(({ partition }) => partition)));
    this.ledger.handled(train);
    this.committer.poke();
  }

  rejected(_train: Train, error: unknown): void {
    if (this.dead) return;
    this.parts.report(`handle a train of ${this.parts.topic}`, error);
    this.rewind();
  }

  private get of() {
    return { topic: this.parts.topic, group: this.parts.options.group };
  }

  private placed(partition: number, offset: number): void {
    this.ledger.place(partition, offset);
    this.reader.place(partition, offset);
    this.arrivals.notify();
  }

  private rewind(): void {
    const partitions = this.ledger.unmoved();
    this.reader.drop(partitions);
    this.positioner.placeAgain(partitions);
  }

  private async statesOf(partitions: readonly number[]): Promise<PartitionState[]> {
    // What was handled before a rejected train need not come again.
    await this.committer.flush();
    return Promise.all(partitions.map((partition) => this.stateOf(partition)));
  }

  private async stateOf(partition: number): Promise<PartitionState> {
    const { topic, options, store } = this.parts;
    const committed = await store.committed(options.group, topic, partition);
    const { earliest, latest } = this.reader.rangeOf(partition);
    return { partition, committed, earliest, latest };
  }

  private async commit(offsets: ReadonlyMap<number, number>): Promise<boolean> {
    const { topic, options, store, hooks } = this.parts;
    if (this.dead || hooks.loseCommit?.(offsets, this.of)) return !this.dead;
    // The group has fenced a zombie: what it commits is refused.
    const accepted = [...offsets].filter(([partition]) => !this.zombies.has(partition));
    await store.commit(options.group, topic, new Map(accepted));
    return accepted.length === offsets.size && !this.dead;
  }

  private async stopOnce(): Promise<void> {
    await this.loop.stop();
    await this.parts.leave(this);
    this.positioner.stop();
    this.committer.stop();
    this.ledger.close();
  }
}
