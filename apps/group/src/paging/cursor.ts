import { problem } from '#contracts';

/** Which list a cursor belongs to: one list does not take another's. */
export type CursorKind = 'm' | 'j';

/** A page cursor: opaque to clients; inside it is the list and the last id that was shown. */
export function formatCursor(kind: CursorKind, last: string): string {
  return Buffer.from(`${kind}${last}`).toString('base64url');
}

/** The id behind which the page begins; undefined without a cursor. */
export function parseCursor<Id extends string>(
  kind: CursorKind,
  cursor: string | undefined,
  isId: (text: string) => text is Id,
): Id | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const id = text.slice(1);
  if (!text.startsWith(kind) || !isId(id) || formatCursor(kind, id) !== cursor) {
    throw problem('invalid_cursor', `${cursor} is not a cursor of this list`);
  }
  return id;
}

/** Cuts what was read, one more than a page, to the page and its cursor. */
export function toPage<Item>(
  kind: CursorKind,
  found: readonly Item[],
  limit: number,
  idOf: (item: Item) => string,
): { items: Item[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? formatCursor(kind, idOf(last)) : null };
}
