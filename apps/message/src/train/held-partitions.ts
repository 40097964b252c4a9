import type { ProgressStep } from '../store/progress.repository.js';
import type { InboundRecord, UnreadableRecord } from './command.js';
import type { Decision } from './decision.js';
import type { PartitionCache } from './partition-cache.js';
import { ProgressLost } from './progress-lost.js';
import { windowKey } from './train-state.js';

/**
 * The caches of a train's partitions as they were when it departed. A partition that is taken away, and perhaps given back, while the
 * train runs has another cache or none: the train must neither decide by the old one nor write into the new one.
 */
export class HeldPartitions {
  constructor(
    readonly caches: ReadonlyMap<number, PartitionCache>,
    private readonly current: ReadonlyMap<number, PartitionCache>,
  ) {}

  /** Throws ProgressLost when one of them is no longer what it was: what was loaded since may be younger than the progress. */
  requireHeld(): void {
    for (const [partition, cache] of this.caches) if (this.current.get(partition) !== cache) throw new ProgressLost();
  }

  cacheOf(partition: number): PartitionCache {
    const cache = this.caches.get(partition);
    if (!cache) throw new Error(`partition ${partition} is none of the train's`);
    return cache;
  }

  /** The compare-and-sets of the train: where each of its partitions stands, and where it will. None for what is redelivered. */
  steps(records: readonly (InboundRecord | UnreadableRecord)[]): ProgressStep[] {
    const ends = new Map<number, number>();
    for (const { partition, offset } of records) ends.set(partition, offset + 1);
    return [...ends].flatMap(([partition, to]) => {
      const from = this.cacheOf(partition).position.offset;
      return to > from ? [{ partition, from, to }] : [];
    });
  }

  /** After the commit: what was decided is what is true now. */
  remember(steps: readonly ProgressStep[], decisions: readonly Decision[]): void {
    for (const { partition, to } of steps) {
      const cache = this.cacheOf(partition);
      cache.position = { ...cache.position, offset: to };
    }
    for (const decision of decisions) {
      if (decision.kind !== 'stored' && decision.kind !== 'ruled') continue;
      const cache = this.cacheOf(decision.record.partition);
      const { conversationId, after } = decision;
      cache.conversations.set(conversationId, { facts: after });
      if (decision.kind === 'stored') continue;
      for (const { userId, open, minSeq } of decision.windows) {
        cache.windows.set(windowKey(conversationId, userId), { facts: { open, minSeq } });
      }
    }
  }
}
