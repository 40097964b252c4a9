import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '#kernel';
import {
  OffsetCommitter,
  OffsetLedger,
  type PartitionState,
  Positioner,
  type ReceivedRecord,
  type ReportTrouble,
  type SubscribeOptions,
  type Subscription,
  type Train,
  type TrainLimits,
  TrainLoop,
  type TrainSource,
} from '#bus';
import type { ClientOptions } from '../kafka-client.js';
import { BatchIntake } from './batch-intake.js';
import { FetchBuffer } from './fetch-buffer.js';
import { GroupConsumer } from './group-consumer.js';
import { LastingConsumer } from './lasting-consumer.js';

const COMMIT_EVERY_MS = 500;
/** How long partitions that may have moved wait for the train that still runs with their records. */
const HAND_OVER_MS = 2_000;

export interface KafkaSubscriptionParts {
  client: ClientOptions;
  topic: string;
  options: SubscribeOptions;
  onTrain: (train: Train) => Promise<void>;
  rangesOf: (topic: string, group?: string) => Promise<PartitionState[]>;
  onStopped: () => void;
}

/** One member of a group: its fetches fill a buffer, its trains leave from there, its offsets commit beside both. */
export class KafkaSubscription implements Subscription, TrainSource {
  private readonly buffer: FetchBuffer;
  private readonly intake: BatchIntake;
  private readonly consumer: LastingConsumer;
  private readonly ledger = new OffsetLedger();
  private readonly committer: OffsetCommitter;
  private readonly positioner: Positioner;
  private readonly loop: TrainLoop;
  private readonly placed = deferred();
  private owned: readonly number[] = [];
  private joins = 0;
  private joining: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor(private readonly parts: KafkaSubscriptionParts) {
    const { client, topic, options, onTrain } = parts;
    this.buffer = new FetchBuffer(options);
    this.intake = new BatchIntake(this.buffer, (partition) => this.rewind([partition]));
    this.loop = new TrainLoop(this, options, onTrain);
    this.committer = new OffsetCommitter(this.ledger, (offsets) => this.commit(offsets), { everyMs: COMMIT_EVERY_MS, report: this.report });
    this.positioner = new Positioner({
      statesOf: (partitions) => this.statesOf(partitions),
      startAt: options.startAt,
      onPlaced: (partition, offset) => this.place(partition, offset),
      report: this.report,
    });
    this.consumer = new LastingConsumer(`consume ${topic}`, (ports) => new GroupConsumer(client, topic, options, ports), {
      onJoined: (partitions) => this.joined(partitions),
      onRebalancing: () => this.rebalancing(),
      onFetchStarted: () => this.intake.fetchStarted(),
      onBatch: (payload) => this.intake.take(payload),
      report: this.report,
    });
  }

  /** Resolves when the member has joined and its partitions have been placed or tried once. */
  async start(): Promise<void> {
    await this.consumer.start();
    this.loop.start();
    await this.placed.promise;
  }

  get arrivals() {
    return this.buffer.arrivals;
  }

  assigned(): readonly number[] {
    return this.owned;
  }

  async caughtUp(): Promise<void> {
    for (let joins = -1; joins !== this.joins && !this.stopped;) {
      joins = this.joins;
      await this.joining;
      const ranges = await this.parts.rangesOf(this.parts.topic);
      await this.ledger.reach(new Map(this.owned.map((partition) => [partition, ranges[partition]?.latest ?? 0])));
    }
  }

  sinceLastPollMs(): number {
    return this.consumer.sinceHeardMs();
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopOnce();
    return this.stopped;
  }

  hasMore(): boolean {
    return this.buffer.hasMore();
  }

  take(limits: TrainLimits): Promise<readonly ReceivedRecord[]> {
    const records = this.buffer.take(limits);
    this.ledger.depart({ records });
    return Promise.resolve(records);
  }

  commitAhead(train: Train): Promise<void> {
    return this.committer.commitAhead(train);
  }

  resolved(train: Train): void {
    this.positioner.succeeded(new Set(train.records.map(({ partition }) => partition)));
    this.ledger.handled(train);
    this.committer.poke();
  }

  rejected(_train: Train, error: unknown): void {
    this.report(`handle a train of ${this.parts.topic}`, error);
    this.rewind(this.ledger.unmoved());
  }

  private readonly report: ReportTrouble = (what, error) => this.parts.client.report(what, error);

  /** Within the join, before the next fetch: nothing that was known of any partition holds any more. */
  private joined(partitions: readonly number[]): void {
    this.joins += 1;
    const join = this.joins;
    const before = this.owned;
    this.buffer.closeAll();
    this.positioner.forget(before);
    this.consumer.pause(partitions);
    this.owned = [...partitions];
    this.joining = this.joining.then(() => this.takeOver(join, before));
  }

  private async takeOver(join: number, before: readonly number[]): Promise<void> {
    await this.handOver();
    this.ledger.forget(before);
    if (before.length > 0) this.parts.options.onRevoked?.(before);
    if (join === this.joins && !this.stopped) await this.positioner.place(this.owned);
    this.placed.resolve();
  }

  /** No train departs from here to the join; the running one may still end and be committed by its old member. */
  private rebalancing(): void {
    this.buffer.closeAll();
    void this.handOver();
  }

  private async handOver(): Promise<void> {
    await Promise.race([this.loop.trainEnded(), sleep(HAND_OVER_MS, undefined, { ref: false })]);
    await this.committer.flush().catch((error: unknown) => this.report('commit offsets in a rebalance', error));
  }

  private place(partition: number, offset: number): void {
    this.ledger.place(partition, offset);
    this.buffer.open(partition, offset);
    this.consumer.resumeAt(partition, offset);
  }

  private rewind(partitions: readonly number[]): void {
    this.buffer.close(partitions);
    this.consumer.pause(partitions);
    this.positioner.placeAgain(partitions);
  }

  private async statesOf(partitions: readonly number[]): Promise<PartitionState[]> {
    // What was handled before a rejected train need not come again.
    await this.committer.flush().catch((error: unknown) => this.report('commit offsets before a new start', error));
    const all = await this.parts.rangesOf(this.parts.topic, this.parts.options.group);
    return all.filter(({ partition }) => partitions.includes(partition));
  }

  /** Of partitions that went elsewhere nothing is committed: their new owner may have come further. */
  private async commit(offsets: ReadonlyMap<number, number>): Promise<boolean> {
    const ours = new Map([...offsets].filter(([partition]) => this.owned.includes(partition)));
    await this.consumer.commit(ours);
    return ours.size === offsets.size;
  }

  private async stopOnce(): Promise<void> {
    await this.loop.stop();
    await this.committer.flush().catch((error: unknown) => this.report('commit offsets at the stop', error));
    this.committer.stop();
    this.buffer.closeAll();
    this.positioner.stop();
    this.ledger.close();
    await this.consumer.stop().catch((error: unknown) => this.report('leave the group', error));
    this.parts.onStopped();
  }
}
