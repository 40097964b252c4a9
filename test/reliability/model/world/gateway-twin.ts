import type { StoredEvent, UserId } from '#contracts';
import { Registry } from 'prom-client';
import { Deliverer } from '../../../../apps/gateway/src/delivery/deliverer.js';
import { DeliveryMap } from '../../../../apps/gateway/src/delivery/delivery-map.js';
import { DeliveryMetrics } from '../../../../apps/gateway/src/delivery/delivery-metrics.js';
import { PlaceFilter } from '../../../../apps/gateway/src/delivery/place-filter.js';
import { RecentSeqs } from '../../../../apps/gateway/src/delivery/recent-seqs.js';
import type { PublishedRecord } from '../process/calls.js';
import type { PartitionTruth } from '../truth/partition-truth.js';
import { eventText } from '../truth/signatures.js';

export type Heard = { heard: number } | { violation: string };

const clock = { now: () => 0 };
const metrics = new DeliveryMetrics(new Registry());

/** A gateway with everybody connected: the product's filter, and its map of who may read what. */
export class GatewayTwin {
  constructor(
    private readonly truths: readonly PartitionTruth[],
    private readonly users: readonly string[],
  ) {}

  /** One record of the stored topic, after so many events of its partition. */
  hear(heard: number, { partition, events }: PublishedRecord): Heard {
    const filter = new PlaceFilter();
    const gateway = new Connected(this.users);
    const before = this.truths[partition]?.events.slice(0, heard) ?? [];
    for (const { event } of before) {
      filter.isNew(partition, event);
      gateway.deliverer.handle(event);
    }
    let count = heard;
    for (const event of events) {
      if (!this.isNew(filter, partition, event)) continue;
      const violation = this.check(gateway, partition, count, event);
      if (violation !== undefined) return { violation };
      count += 1;
    }
    return { heard: count };
  }

  protected isNew(filter: PlaceFilter, partition: number, event: StoredEvent): boolean {
    return filter.isNew(partition, event);
  }

  private check(gateway: Connected, partition: number, count: number, event: StoredEvent): string | undefined {
    const truth = this.truths[partition];
    const due = truth?.events[count];
    const text = eventText(event);
    if (text !== due?.text) return `a gateway hears "${text}" where ${due ? `"${due.text}"` : 'nothing'} is due`;
    gateway.deliverer.handle(event);
    for (const [window, { open, minSeq }] of Object.entries(truth?.views[due.offset + 1]?.windows ?? {})) {
      const [user = '', conversation = ''] = window.split('|');
      const seq = Math.max(minSeq, 1);
      if (gateway.delivers(user, conversation, seq) === open && !gateway.delivers(user, conversation, minSeq - 1)) continue;
      return `after "${text}" a gateway takes the window ${window} for ${open ? 'closed, or for wider than it is' : 'open'}`;
    }
    return undefined;
  }
}

class Connected {
  private readonly map = new DeliveryMap();
  readonly deliverer = new Deliverer(this.map, new RecentSeqs(clock), metrics, clock);

  constructor(users: readonly string[]) {
    for (const user of users) this.map.enter(user as UserId, { message: () => undefined, push: () => undefined });
  }

  delivers(user: string, conversation: string, seq: number): boolean {
    if (seq < 1) return false;
    return this.map.recipients(conversation as never, seq as never).some(({ userId }) => userId === (user as UserId));
  }
}
