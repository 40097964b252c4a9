import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { consumerGroup, problem, TOPIC, type ResyncReason, type StoredEvents } from '#contracts';
import type { EventLog, PartitionState, ReceivedRecord, Subscription, Train } from '#bus';
import type { Deliverer } from './deliverer.js';
import { PartitionPlaces } from './partition-places.js';
import { PlaceFilter } from './place-filter.js';

const ASSIGNED_WITHIN_MS = 30_000;
const ASSIGNED_LOOK_MS = 20;
const TRAIN = { maxRecords: 1000, maxBytes: 4 * 1024 * 1024 };

export interface StoredFeedParts {
  log: EventLog;
  deliverer: Deliverer;
  logger: Logger;
  /** Tells this process from the other gateways. */
  instance: string;
}

/** `message.stored.v1` as this gateway hears it: all of it, from now on, each event once. */
export class StoredFeed {
  private readonly places = new PartitionPlaces();
  private readonly filter = new PlaceFilter();
  private subscription: Subscription | undefined;
  private partitions = 0;
  private onTrouble: (reason: ResyncReason) => void = () => undefined;

  constructor(private readonly parts: StoredFeedParts) {}

  /** Resolves when everything that is stored from now on will be heard. `onTrouble`: something may have been missed. */
  async start(onTrouble: (reason: ResyncReason) => void): Promise<void> {
    const { log, instance } = this.parts;
    this.onTrouble = onTrouble;
    const all = await log.ranges(TOPIC.stored);
    this.partitions = all.length;
    const options = {
      ...TRAIN,
      group: `${consumerGroup('gateway', TOPIC.stored)}--${instance}`,
      partitions: all.map(({ partition }) => partition),
      startAt: (state: PartitionState) => Promise.resolve(this.startAt(state)),
      onRevoked: () => onTrouble('rejoin'),
    };
    this.subscription = await log.subscribe(TOPIC.stored, options, (train) => this.onTrain(train));
    await this.assigned(this.subscription);
  }

  /** Whether the log talks to us and every partition is ours. */
  isHealthy(maxSilenceMs: number): boolean {
    const { subscription } = this;
    return (
      subscription !== undefined && subscription.assigned().length === this.partitions && subscription.sinceLastPollMs() <= maxSilenceMs
    );
  }

  async stop(): Promise<void> {
    await this.subscription?.stop();
  }

  /** Until a partition is assigned there is no telling from where on it is heard. */
  private async assigned(subscription: Subscription): Promise<void> {
    const deadline = performance.now() + ASSIGNED_WITHIN_MS;
    while (subscription.assigned().length < this.partitions) {
      if (performance.now() > deadline) throw problem('unavailable', `${TOPIC.stored} was not assigned within ${ASSIGNED_WITHIN_MS} ms`);
      await delay(ASSIGNED_LOOK_MS);
    }
    await subscription.caughtUp();
  }

  private startAt(state: PartitionState): number {
    const { offset, jumped } = this.places.startAt(state);
    if (jumped) this.onTrouble('offset_jump');
    return offset;
  }

  private onTrain({ records }: Train): Promise<void> {
    for (const record of records) {
      if (this.places.skips(record)) this.onTrouble('offset_jump');
      this.handle(record);
    }
    return Promise.resolve();
  }

  private handle(record: ReceivedRecord): void {
    try {
      const { events } = JSON.parse(record.value.toString('utf8')) as StoredEvents;
      for (const event of events) if (this.filter.isNew(record.partition, event)) this.parts.deliverer.handle(event);
    } catch (error) {
      const { topic, partition, offset } = record;
      this.parts.logger.error({ err: error, origin: `${topic}/${partition}/${offset}` }, 'a stored record could not be delivered');
      // Whoever should have got it learns that something is missing.
      this.onTrouble('offset_jump');
    }
  }
}
