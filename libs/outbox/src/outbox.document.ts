import type { CollectionSpec } from '#storage';
import type { OutboxEntry } from './outbox.js';

export interface OutboxDocument {
  /** `<entity>|<version>|<part>|<id>`, the numbers padded: the entries of an entity lie side by side in their order, without another index. */
  _id: string;
  id: string;
  entity: string;
  version: number;
  part: number;
  topic: string;
  key: string;
  type: string;
  /** JSON text: as BSON a payload could lose `undefined`, or hold field names that MongoDB reads in its own way. */
  payload: string;
  awaits_answer: boolean;
  created_at: Date;
}

/** The outbox of a service: `outboxCollection('group')` is `group_outbox`. It is nearly always empty, so it stays on one shard. */
export function outboxCollection(owner: CollectionSpec['owner']): CollectionSpec<OutboxDocument> {
  return { name: `${owner}_outbox`, owner, version: 1, indexes: [] };
}

export function toDocument(entry: OutboxEntry, now: number): OutboxDocument {
  const { id, entity, version, part, topic, key, type } = entry;
  return {
    _id: `${entity}|${padded(version, 16)}|${padded(part, 8)}|${id}`,
    id,
    entity,
    version,
    part,
    topic,
    key,
    type,
    payload: JSON.stringify(entry.payload),
    awaits_answer: entry.awaitsAnswer,
    created_at: new Date(now),
  };
}

/** The bounds of an entity's document ids: `}` follows `|`. An entity that holds a `|` itself may lie within, so filter by `entity` too. */
export function idsOf(entity: string): { $gte: string; $lt: string } {
  return { $gte: `${entity}|`, $lt: `${entity}}` };
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
