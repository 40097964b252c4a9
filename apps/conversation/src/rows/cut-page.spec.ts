import fc from 'fast-check';
import { cutPage } from './cut-page.js';
import { parseListCursor } from './list-cursor.js';
import { anyRows, idsOf } from './row.arbitrary.suite.js';
import { compareKeys, sortKeyOf, type Row } from './sort-rows.js';

const limits = fc.integer({ min: 1, max: 7 });

/** Pages until the end; `between` says what the list is when page `n` is read. */
function pages(listAt: (n: number) => readonly Row[], limit: number): Row[][] {
  const shown: Row[][] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = cutPage(listAt(shown.length), cursor === undefined ? undefined : parseListCursor(cursor), limit);
    shown.push(page.rows);
    cursor = page.nextCursor;
  }
  return shown;
}

function sorted(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => compareKeys(sortKeyOf(a), sortKeyOf(b)));
}

function withMessageAt(row: Row, lastAt: number): Row {
  return { ...row, state: { ...row.state, lastAt } };
}

function withPin(row: Row, pinned: boolean): Row {
  return { ...row, settings: { ...row.settings, pinned } };
}

function replaced(rows: readonly Row[], moved: ReadonlyMap<string, Row>): Row[] {
  return rows.map((row) => moved.get(row.state.conversationId) ?? row);
}

describe('pages of the list', () => {
  it('are the sorted whole, cut', () => {
    fc.assert(
      fc.property(anyRows, limits, (rows, limit) => {
        const shown = pages(() => rows, limit);
        expect(shown.flat()).toEqual(sorted(rows));
        expect(shown.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
    );
  });

  it('show what stays exactly once and in order, and what gets a message meanwhile at most once', () => {
    fc.assert(
      fc.property(anyRows, limits, fc.infiniteStream(fc.nat(20)), (rows, limit, picks) => {
        let now: readonly Row[] = rows;
        const moved = new Set<string>();
        const shown = pages((n) => {
          const row = n > 0 ? now[Number(picks.next().value)] : undefined;
          if (row) {
            moved.add(row.state.conversationId);
            now = replaced(now, new Map([[row.state.conversationId, withMessageAt(row, 1000 + n)]]));
          }
          return now;
        }, limit);
        const ids = idsOf(shown.flat());
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => !moved.has(id))).toEqual(idsOf(sorted(rows)).filter((id) => !moved.has(id)));
      }),
    );
  });

  it('show what is unpinned meanwhile again, if its new place is behind the page', () => {
    fc.assert(
      fc.property(anyRows, limits, fc.nat(29), (rows, limit, pick) => {
        const row = rows[pick];
        fc.pre(row !== undefined);
        const id = row.state.conversationId;
        const [before, after] = [true, false].map((pinned) => replaced(rows, new Map([[id, withPin(row, pinned)]]))) as [Row[], Row[]];
        const first = cutPage(before, undefined, limit);
        const cursor = first.nextCursor === null ? undefined : parseListCursor(first.nextCursor);
        const shown = idsOf(pages((n) => (n === 0 ? before : after), limit).flat());
        const again = cursor && compareKeys(sortKeyOf(withPin(row, false)), cursor) > 0;
        expect(shown.filter((each) => each === id).length).toBe(Number(idsOf(first.rows).includes(id)) + Number(again ?? false));
        expect(shown.filter((each) => each !== id)).toEqual(idsOf(sorted(rows)).filter((each) => each !== id));
      }),
    );
  });
});
