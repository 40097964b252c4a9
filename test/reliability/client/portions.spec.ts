import fc from 'fast-check';
import { MAX_CURSORS, portionsOf, restOf } from './portions.js';

const cursorsOf = (ids: readonly string[]) => Object.fromEntries(ids.map((id, n) => [id, n]));

describe('portions of cursors', () => {
  it('cover every conversation id once, each with the cursors of its range, the last one open', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^s[ig]_[a-z0-9.~_-]{1,6}$/), { maxLength: 700, size: 'max' });
    fc.assert(
      fc.property(ids, (conversationIds) => {
        const cursors = cursorsOf(conversationIds);
        const portions = portionsOf(cursors);
        expect(Object.assign({}, ...portions.map((portion) => portion.cursors))).toEqual(cursors);
        expect(portions[0]).not.toHaveProperty('after');
        expect(portions.at(-1)).not.toHaveProperty('through');
        for (const [n, { cursors: own, after = '', through = '\uffff' }] of portions.entries()) {
          const inRange = Object.keys(own).filter((id) => id > after && id <= through);
          expect(inRange).toHaveLength(Object.keys(own).length);
          expect(inRange.length).toBeLessThanOrEqual(MAX_CURSORS);
          if (n > 0) expect(after).toBe(portions[n - 1]!.through);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('go on behind the last conversation that was looked at', () => {
    expect(restOf({ cursors: { a: 1, b: 2, c: 3 }, through: 'c' }, 'b')).toEqual({ cursors: { c: 3 }, after: 'b', through: 'c' });
  });
});
