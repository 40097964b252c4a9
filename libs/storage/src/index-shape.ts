import { isDeepStrictEqual } from 'node:util';
import type { Document, IndexDescription } from 'mongodb';

/** What makes one index another, beside its key. */
const OPTIONS = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'collation'] as const;

/** The index's name: its own, else the one that MongoDB derives from the key. */
export function indexNameOf(index: IndexDescription): string {
  return (
    index.name ??
    keyOf(index)
      .map(([field, direction]) => `${field}_${String(direction)}`)
      .join('_')
  );
}

/** Whether `present`, as `listIndexes` shows it, is what `wanted` declares. */
export function sameIndex(wanted: IndexDescription, present: Document): boolean {
  const declared = wanted as Document;
  const presentKey = Object.entries((present['key'] ?? {}) as Document);
  return (
    isDeepStrictEqual(keyOf(wanted), presentKey) &&
    OPTIONS.every((option) => isDeepStrictEqual(declared[option] ?? false, (present[option] as unknown) ?? false))
  );
}

export function keyOf(index: IndexDescription): [string, unknown][] {
  return index.key instanceof Map ? [...(index.key as Map<string, unknown>)] : Object.entries(index.key);
}
