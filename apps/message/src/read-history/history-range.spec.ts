import fc from 'fast-check';
import type { Message, Seq } from '#contracts';
import { pageOf, rangeOf } from './history-range.js';
import { withinBudget } from './page-budget.js';

const seq = fc.integer({ min: 0, max: 500 }) as fc.Arbitrary<Seq>;
const window = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 300 }))
  .map(([from, length]) => ({ from: from as Seq, to: (from + length - 1) as Seq }));
const limit = fc.integer({ min: 1, max: 50 });
const size = ({ from, to }: { from: number; to: number }) => Math.max(0, to - from + 1);

describe('history range', () => {
  it('never leaves the window and never exceeds the page', () => {
    fc.assert(
      fc.property(window, seq, seq, limit, (inside, a, b, most) => {
        for (const range of [
          rangeOf({ fromSeq: a, toSeq: b }, inside),
          pageOf({ afterSeq: a, limit: most }, inside),
          pageOf({ beforeSeq: b, limit: most }, inside),
          pageOf({ limit: most }, inside),
        ]) {
          if (size(range) === 0) continue;
          expect(range.from).toBeGreaterThanOrEqual(inside.from);
          expect(range.to).toBeLessThanOrEqual(inside.to);
          expect(size(range)).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  it('reads the whole window by pages forward and by pages backward', () => {
    fc.assert(
      fc.property(window, limit, (inside, most) => {
        const forward: number[] = [];
        for (let after = 0 as Seq, done = false; !done;) {
          const page = pageOf({ afterSeq: after, limit: most }, inside);
          for (let s = page.from; s <= page.to; s++) forward.push(s);
          after = page.to;
          done = page.whole;
        }
        expect(forward).toEqual(Array.from({ length: size(inside) }, (_, i) => inside.from + i));
        const backward: number[] = [];
        for (let before: Seq | undefined, done = false; !done;) {
          const page = pageOf({ ...(before !== undefined && { beforeSeq: before }), limit: most }, inside);
          for (let s = page.to; s >= page.from; s--) backward.push(s);
          before = page.from;
          done = page.whole;
        }
        expect(backward.reverse()).toEqual(forward);
      }),
    );
  });

  it('keeps at least one message of the end that is asked for, and no more than the bytes allow', () => {
    const messages = [1, 2, 3].map((n) => ({ seq: n, content: 'x'.repeat(100) }) as Message);
    expect(withinBudget(messages, 'first', 300).map((m) => m.seq)).toEqual([1, 2]);
    expect(withinBudget(messages, 'last', 300).map((m) => m.seq)).toEqual([2, 3]);
    expect(withinBudget(messages, 'last', 1).map((m) => m.seq)).toEqual([3]);
    expect(withinBudget(messages, 'first', 10_000)).toHaveLength(3);
  });
});
