import { PlaceFilter } from '../../../../apps/gateway/src/delivery/place-filter.js';
import type { PublishedRecord } from '../process/calls.js';
import type { PartitionTruth } from '../truth/partition-truth.js';
import { eventText } from '../truth/signatures.js';

export type Applied = { applied: number } | { violation: string };

/**
 * A read model as message-path.md wants them: it keeps its place beside what it was built from, in one store and one transaction, drops
 * what is not above that place, and starts from it. No service has one yet.
 */
export class ReadModelTwin {
  constructor(private readonly truths: readonly PartitionTruth[]) {}

  /** One record of the stored topic, after so many events of its partition. */
  apply(applied: number, { partition, events }: PublishedRecord): Applied {
    const truth = this.truths[partition]?.events ?? [];
    const filter = new PlaceFilter();
    for (const { event } of truth.slice(0, applied)) filter.isNew(partition, event);
    let count = applied;
    for (const event of events) {
      if (!filter.isNew(partition, event)) continue;
      const due = truth[count]?.text;
      const text = eventText(event);
      if (text !== due) return { violation: `a read model applies "${text}" where ${due === undefined ? 'nothing' : `"${due}"`} is due` };
      count += 1;
    }
    return { applied: count };
  }

  /** Where it goes on after a restore of its store. */
  startAfterRestore({ kept }: { kept: number; committed: number }): number {
    return kept;
  }
}
