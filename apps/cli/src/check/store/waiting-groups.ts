import { GROUP_OUTBOX } from '../../../../group/src/store/group.collections.js';
import type { Outbox } from '../rules/member-rules.js';
import type { Snapshot } from './snapshot.js';

/** Of which of these groups commands wait in the outbox. */
export async function waitingGroups(snapshot: Snapshot, groups: readonly string[]): Promise<(group: string) => Outbox> {
  // An entity's entries lie side by side: `}` follows `|`.
  const ranges = groups.map((group) => ({ _id: { $gte: `${group}|`, $lt: `${group}}` } }));
  const found = ranges.length === 0 ? [] : await snapshot.find(GROUP_OUTBOX, { $or: ranges }, { projection: { entity: 1 } });
  const waiting = new Set(found.map(({ entity }) => entity));
  return (group) => (waiting.has(group) ? 'waiting' : 'empty');
}
