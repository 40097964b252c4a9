import type { ConversationId } from '#contracts';
import { type Known, type PartitionCache, PartitionCaches } from '../../../../apps/message/src/train/partition-cache.js';
import { canonical } from '../canonical.js';
import type { Plain } from '../mongo/documents.js';
import type { CacheSnapshot } from './process-state.js';

type Entries = [string, Plain][];

/** Large caches take long to make, and small logs don't fill small ones. */
const SMALL = { conversations: 10, windows: 10 };

export function snapshotsOf(caches: ReadonlyMap<number, PartitionCache>): CacheSnapshot[] {
  return [...caches]
    .sort(([a], [b]) => a - b)
    .map(([partition, { position, conversations, windows }]) => ({
      partition,
      ...position,
      conversations: entriesOf(conversations),
      windows: entriesOf(windows),
    }));
}

export function cachesOf(snapshots: readonly CacheSnapshot[]): PartitionCaches {
  const caches = new PartitionCaches(SMALL);
  for (const { partition, epoch, offset, conversations, windows } of snapshots) {
    const cache = caches.begin(partition, { epoch, offset });
    for (const [id, known] of conversations) cache.conversations.set(id as ConversationId, copyOf(known));
    for (const [id, known] of windows) cache.windows.set(id, copyOf(known));
  }
  return caches;
}

/** In one order: what was used last says nothing about what is known. */
function entriesOf(cache: { entries(): Iterable<[string, unknown]> }): Entries {
  const entries = [...cache.entries()].map(([key, known]): [string, Plain] => [key, JSON.parse(canonical(known)) as Plain]);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What was a Known before it was kept as JSON. */
function copyOf<T>(known: Plain): Known<T> {
  return structuredClone(known) as unknown as Known<T>;
}
