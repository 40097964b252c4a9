import fc from 'fast-check';
import { anyRows } from './row.arbitrary.suite.js';
import { compareKeys, sortedAtOf, sortKeyOf, type Row } from './sort-rows.js';

const one = fc.sample(anyRows, 100).flat()[0]!;

function at(times: { lastAt?: number; draftAt?: number; openedAt?: number; pinned?: boolean }): Row {
  const { lastAt = 0, draftAt = 0, openedAt = 0, pinned = false } = times;
  return { state: { ...one.state, lastAt, openedAt }, settings: { ...one.settings, draftAt, pinned } };
}

describe('the order of the list', () => {
  it('goes by the later of latest message and draft', () => {
    expect(sortedAtOf(at({ lastAt: 5, draftAt: 3, openedAt: 9 }))).toBe(5);
    expect(sortedAtOf(at({ lastAt: 3, draftAt: 5, openedAt: 9 }))).toBe(5);
  });

  it('goes by the opening where there is neither', () => {
    expect(sortedAtOf(at({ openedAt: 9 }))).toBe(9);
  });

  it('puts what is pinned first, then the latest', () => {
    const keys = [at({ lastAt: 9 }), at({ lastAt: 2, pinned: true }), at({ draftAt: 8, pinned: true }), at({ lastAt: 1 })].map(sortKeyOf);
    const sorted = [...keys].sort(compareKeys).map(({ pinned, sortedAt }) => `${pinned ? 'pinned ' : ''}${sortedAt}`);
    expect(sorted).toEqual(['pinned 8', 'pinned 2', '9', '1']);
  });

  it('is total: no two conversations tie, and every comparison has its reverse', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const keys = rows.map(sortKeyOf);
        return keys.every((a, i) =>
          keys.every((b, j) => Math.sign(compareKeys(a, b)) === -Math.sign(compareKeys(b, a)) && (i === j) === (compareKeys(a, b) === 0)),
        );
      }),
    );
  });
});
