import type { OutboxDocument } from '#outbox';
import type { Finding } from '../finding.js';
import { finding } from './conversation-page.js';

/** What waits as an entry of an outbox. */
export type Waiting = Pick<OutboxDocument, '_id' | 'entity' | 'type' | 'created_at'>;

/** Longer than a sweep, and than a restart. */
const PATIENCE_MS = 60_000;
const SHOWN = 3;

/** An outbox is empty, or moves: what was there at the first look, and was old then, is gone at the second. */
export function checkOutbox(collection: string, first: readonly Waiting[], second: readonly Waiting[], now: number): Finding[] {
  const before = new Set(first.map(({ _id }) => _id));
  const stuck = second.filter(({ _id, created_at }) => before.has(_id) && created_at.getTime() < now - PATIENCE_MS);
  const [oldest] = stuck;
  if (!oldest) return [];
  const shown = stuck.slice(0, SHOWN).map(({ _id }) => `${collection} ${_id}`);
  const detail = `${stuck.length} entries wait and do not move; the first since ${oldest.created_at.toISOString()}: ${oldest.type} of ${oldest.entity}`;
  return [finding('outbox', shown, detail)];
}
