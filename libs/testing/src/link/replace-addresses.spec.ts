import fc from 'fast-check';
import { replaceAddresses } from './replace-addresses.js';

const REPLACEMENTS = { '127.0.0.1:21001': '127.0.0.1:31001', '127.0.0.1:21002': '127.0.0.1:31002' };

describe('replaceAddresses', () => {
  it('replaces every address, wherever the stream is cut into pieces', () => {
    const words = fc.constantFrom('127.0.0.1:21001', '127.0.0.1:21002', '127.0.0.1:21003', '127.0.', '1', ',', '\0');
    fc.assert(
      fc.property(fc.array(words, { maxLength: 20 }), fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), (parts, cuts) => {
        const stream = `${parts.join('')}\0`;
        const translate = replaceAddresses(REPLACEMENTS);
        let out = '';
        for (let at = 0, n = 0; at < stream.length; n++) {
          const length = cuts[n % cuts.length]!;
          out += translate(Buffer.from(stream.slice(at, at + length))).toString();
          at += length;
        }
        expect(out).toBe(stream.replaceAll(':21001', ':31001').replaceAll(':21002', ':31002'));
      }),
    );
  });

  it('refuses an address of another length, which would break the message around it', () => {
    expect(() => replaceAddresses({ '127.0.0.1:21001': '127.0.0.1:310' })).toThrow('not as long');
  });
});
