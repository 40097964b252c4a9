import { LRUCache } from 'lru-cache';
import type { ConversationId } from '#contracts';
import type { PartitionPosition } from './read-record.js';
import type { ConversationFacts, WindowFacts } from './train-state.js';

/** Of each partition. What falls out is read again by the next train that needs it, in one find with the others. */
const MAX_CONVERSATIONS = 2_000;
const MAX_WINDOWS = 5_000;

/** That there is none is worth remembering too. */
export interface Known<T> {
  facts: T | undefined;
}

/**
 * What this process knows of one partition. True for as long as its compare-and-sets of the progress succeed: then nobody else has
 * decided anything since it was read. Dropped as a whole when one fails, and on every assignment.
 */
export class PartitionCache {
  readonly conversations = new LRUCache<ConversationId, Known<ConversationFacts>>({ max: MAX_CONVERSATIONS });
  readonly windows = new LRUCache<string, Known<WindowFacts>>({ max: MAX_WINDOWS });

  constructor(public position: PartitionPosition) {}
}
