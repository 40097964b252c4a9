import fc from 'fast-check';
import { formatListCursor, parseListCursor } from './list-cursor.js';
import { anyRows } from './row.arbitrary.suite.js';
import { sortKeyOf } from './sort-rows.js';

describe('the cursor of the list', () => {
  it('gives back the place that it was made from', () => {
    fc.assert(
      fc.property(anyRows, (rows) => rows.map(sortKeyOf).forEach((key) => expect(parseListCursor(formatListCursor(key))).toEqual(key))),
    );
  });

  it('keeps times of any size', () => {
    const key = { ...sortKeyOf(fc.sample(anyRows, 100).flat()[0]!), sortedAt: Number.MAX_SAFE_INTEGER };
    expect(parseListCursor(formatListCursor(key))).toEqual(key);
  });

  it.each(['', 'x', 'cDF8c2dfYQ==', Buffer.from('p1|nothing').toString('base64url'), Buffer.from('p01|sg_a').toString('base64url')])(
    'refuses %j',
    (cursor) => {
      expect(() => parseListCursor(cursor)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }) as Error);
    },
  );

  it('refuses every other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseListCursor(text)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }) as Error);
      }),
    );
  });
});
