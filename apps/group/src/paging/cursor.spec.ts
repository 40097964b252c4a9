import fc from 'fast-check';
import { isUserId, USER_ID_PATTERN } from '#contracts';
import { formatCursor, parseCursor, toPage } from './cursor.js';

const userIds = fc.stringMatching(USER_ID_PATTERN);

describe('a page cursor', () => {
  it('gives back the id that it was made from', () => {
    fc.assert(fc.property(userIds, (id) => parseCursor('m', formatCursor('m', id), isUserId) === id));
  });

  it('is refused unless this list handed it out', () => {
    const ofAnotherList = formatCursor('j', 'ann');
    for (const cursor of ['', 'x', '%%%', ofAnotherList, `${formatCursor('m', 'ann')}=`, formatCursor('m', 'a|b')]) {
      expect(() => parseCursor('m', cursor, isUserId)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }) as Error);
    }
  });

  it('refuses every text that is none, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          return formatCursor('m', parseCursor('m', text, isUserId) ?? '') === text;
        } catch (error) {
          return (error as { code?: string }).code === 'invalid_cursor';
        }
      }),
    );
  });
});

describe('a page', () => {
  it('leads on only when there is more', () => {
    expect(toPage('m', ['a', 'b'], 2, (id) => id)).toEqual({ items: ['a', 'b'], nextCursor: null });
    expect(toPage('m', ['a', 'b', 'c'], 2, (id) => id)).toEqual({ items: ['a', 'b'], nextCursor: formatCursor('m', 'b') });
  });
});
