import { linesOf } from './read-log-file.js';

describe('the lines of a log file', () => {
  it('end at line feeds, the last one with or without', () => {
    expect(linesOf(Buffer.from('a\nb\r\n\nc'))).toEqual(['a', 'b', '', 'c']);
    expect(linesOf(Buffer.from('a\n'))).toEqual(['a']);
    expect(linesOf(Buffer.from(''))).toEqual([]);
  });

  it('keep every other character, a byte order mark at the very beginning excepted', () => {
    expect(linesOf(Buffer.from('\uFEFFa\u2028\x1c\uFEFF \nb'))).toEqual(['a\u2028\x1c\uFEFF ', 'b']);
  });

  it('are Latin-1 where they are no UTF-8', () => {
    expect(linesOf(Buffer.from([0xe9, 0x0a, 0xc3, 0xa9]))).toEqual(['é', 'é']);
  });
});
