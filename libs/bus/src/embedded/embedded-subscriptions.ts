import type { SubscribeOptions, Subscription, TopicToCreate, Train } from '../log/event-log.js';
import { EmbeddedSubscription, type SubscriptionParts } from './embedded-subscription.js';
import { GroupCoordinator } from './group-coordinator.js';

/** Every subscription of an embedded log, and the groups they are in. */
export class EmbeddedSubscriptions {
  private readonly all = new Map<EmbeddedSubscription, string>();
  private readonly groups = new Map<string, GroupCoordinator>();

  constructor(private readonly parts: Pick<SubscriptionParts, 'store' | 'hooks' | 'report'>) {}

  async add(topic: TopicToCreate, options: SubscribeOptions, onTrain: (train: Train) => Promise<void>): Promise<Subscription> {
    const group = options.partitions ? undefined : this.groupOf(topic, options.group);
    const leave = async (member: EmbeddedSubscription): Promise<void> => {
      await (group ? group.leave(member) : member.release(member.assigned()));
      this.all.delete(member);
    };
    const subscription = new EmbeddedSubscription({ ...this.parts, topic: topic.name, options, onTrain, leave });
    this.all.set(subscription, topic.name);
    subscription.start();
    await (group ? group.join(subscription) : subscription.assign(options.partitions ?? []));
    return subscription;
  }

  /** Records arrived. Later, never from within: an append has been answered before anyone handles its records. */
  wake(topics: ReadonlySet<string>): void {
    setImmediate(() => {
      for (const [subscription, topic] of this.all) if (topics.has(topic)) subscription.arrivals.notify();
    });
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.all.keys()].map((subscription) => subscription.stop()));
  }

  killAll(): void {
    for (const subscription of this.all.keys()) subscription.kill();
    this.all.clear();
  }

  private groupOf(topic: TopicToCreate, group: string): GroupCoordinator {
    const name = `${topic.name}/${group}`;
    const known = this.groups.get(name) ?? new GroupCoordinator(topic.partitions);
    this.groups.set(name, known);
    return known;
  }
}
