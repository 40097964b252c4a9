import { consumerGroup } from '#contracts';
import { busMetrics, type Telemetry } from '#observability';
import type { EventLog, SubscribeOptions, Subscription, Train } from '../log/event-log.js';
import { OwnPlace } from './own-place.js';
import type { TrainHandler } from './patterns.js';
import type { Consumer } from './record-handler.js';

/** Hands whole trains to a TrainHandler. */
export class TrainConsumer implements Consumer {
  private running: Subscription | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly handler: TrainHandler,
    private readonly service: string,
    private readonly instance: string,
    private readonly telemetry: Telemetry,
  ) {}

  get topic(): string {
    return this.handler.topic;
  }

  get subscription(): Subscription | undefined {
    return this.running;
  }

  async start(): Promise<void> {
    const place = this.handler.broadcast && new OwnPlace(this.handler.broadcast.from);
    const metrics = busMetrics(this.telemetry.metrics);
    this.running = await this.log.subscribe(this.topic, this.subscribeOptions(place), async (train: Train) => {
      metrics.trainRecords.observe({ topic: this.topic }, train.records.length);
      await this.handler.onTrain(train);
      place?.advance(train);
      metrics.handled.inc({ topic: this.topic, outcome: 'ok' }, train.records.length);
    });
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  private subscribeOptions(place: OwnPlace | undefined): SubscribeOptions {
    const { handler } = this;
    const group = consumerGroup(this.service, handler.topic);
    const startAt = handler.startAt?.bind(handler) ?? place?.startAt;
    return {
      group: place ? `${group}--${this.instance}` : group,
      maxRecords: handler.maxRecords,
      maxBytes: handler.maxBytes,
      ...(startAt && { startAt }),
      ...(handler.paceMs !== undefined && { paceMs: handler.paceMs }),
      ...(handler.onRevoked && { onRevoked: handler.onRevoked.bind(handler) }),
    };
  }
}
