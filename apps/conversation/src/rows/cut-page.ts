import { formatListCursor } from './list-cursor.js';
import { compareKeys, sortKeyOf, type Row, type SortKey } from './sort-rows.js';

export interface RowPage {
  rows: Row[];
  nextCursor: string | null;
}

/**
 * The rows behind `after`, in the list's order, as many as fit a page.
 *
 * The list may change while a client pages through it. A row that stays where it is is shown exactly once. One that moves up past the
 * cursor (a message, a draft, pinning) is not shown again on a later page: it stands on the first page of a list begun anew. One
 * that moves down past it (unpinning, dropping a draft) is shown again, at its new place.
 */
export function cutPage(rows: readonly Row[], after: SortKey | undefined, limit: number): RowPage {
  const behind = rows
    .map((row) => ({ row, key: sortKeyOf(row) }))
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key));
  const shown = behind.slice(0, limit);
  const last = shown.at(-1);
  const more = behind.length > shown.length;
  return { rows: shown.map(({ row }) => row), nextCursor: more && last ? formatListCursor(last.key) : null };
}
