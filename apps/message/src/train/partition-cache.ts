import { LRUCache } from 'lru-cache';
import type { ConversationId } from '#contracts';
import type { PartitionPosition } from './read-record.js';
import type { ConversationFacts, WindowFacts } from './train-state.js';

/** Of each partition. What falls out is read again by the next train that needs it, in one find with the others. */
interface CacheSizes {
  conversations: number;
  windows: number;
}

const SIZES: CacheSizes = { conversations: 2_000, windows: 5_000 };

/** That there is none is worth remembering too. */
export interface Known<T> {
  facts: T | undefined;
}

/**
 * What this process knows of one partition. True for as long as its compare-and-sets of the progress succeed: then nobody else has
 * decided anything since it was read. Dropped as a whole when one fails, and on every assignment.
 */
export class PartitionCache {
  readonly conversations: LRUCache<ConversationId, Known<ConversationFacts>>;
  readonly windows: LRUCache<string, Known<WindowFacts>>;

  constructor(
    public position: PartitionPosition,
    sizes: CacheSizes,
  ) {
    this.conversations = new LRUCache({ max: sizes.conversations });
    this.windows = new LRUCache({ max: sizes.windows });
  }
}

/** The caches of a process, by partition. */
export class PartitionCaches extends Map<number, PartitionCache> {
  constructor(private readonly sizes: CacheSizes = SIZES) {
    super();
  }

  /** Nothing is known of the partition but where it stands. */
  begin(partition: number, position: PartitionPosition): PartitionCache {
    const cache = new PartitionCache(position, this.sizes);
    this.set(partition, cache);
    return cache;
  }
}
