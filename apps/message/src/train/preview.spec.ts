import fc from 'fast-check';
import { excerptOf } from './preview.js';

describe('excerpt', () => {
  it('is the beginning of the content, at most 256 bytes, whole characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (content) => {
        const excerpt = excerptOf(content);
        expect(content.startsWith(excerpt)).toBe(true);
        const bytes = Buffer.byteLength(excerpt);
        expect(bytes).toBeLessThanOrEqual(256);
        if (excerpt !== content) expect(bytes).toBeGreaterThan(252);
      }),
    );
  });
});
