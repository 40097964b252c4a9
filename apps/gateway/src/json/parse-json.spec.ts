import fc from 'fast-check';
import { AppError } from '#kernel';
import { parseJson } from './parse-json.js';

const LIMITS = { maxBytes: 10_000, maxDepth: 4 };

function refusal(text: string | Buffer, limits = LIMITS): AppError {
  try {
    parseJson(text, limits);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was not refused');
}

describe('parseJson', () => {
  it('reads what JSON.parse reads, unless it is a trap', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        fc.pre(!text.includes('__proto__'));
        expect(parseJson(text, LIMITS)).toEqual(JSON.parse(text));
        expect(parseJson(Buffer.from(text), LIMITS)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws anything but an error for the caller', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array().map(Buffer.from)), (input) => {
        try {
          parseJson(input, LIMITS);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it.each(['', '{', '{"a":1}}', 'nul', "{'a':1}", '\ufeff{}'])('refuses %j as malformed', (text) => {
    expect(refusal(text).code).toBe('malformed_json');
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(refusal(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ code: 'malformed_json', detail: 'the text is not valid UTF-8' });
  });

  it('refuses a surrogate that was encoded on its own', () => {
    expect(refusal(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])).code).toBe('malformed_json');
  });

  it('counts bytes, not characters', () => {
    const text = JSON.stringify('é'.repeat(3));
    expect(parseJson(text, { ...LIMITS, maxBytes: 8 })).toBe('ééé');
    expect(refusal(text, { ...LIMITS, maxBytes: 7 }).code).toBe('payload_too_large');
  });

  it('takes nesting up to the limit and names the place beyond it', () => {
    expect(parseJson('{"a":[[[1]]]}', LIMITS)).toEqual({ a: [[[1]]] });
    expect(refusal('{"b":1,"a":[0,[[[1]]]]}').errors).toEqual([{ pointer: '/a/1/0/0', code: 'too_deep', detail: 'nested too deep' }]);
  });

  it('takes many shallow objects', () => {
    const many = Array.from({ length: 500 }, () => ({}));
    expect(parseJson(JSON.stringify(many), LIMITS)).toEqual(many);
  });

  it('survives a text of nothing but brackets', () => {
    const limits = { maxBytes: 1_000_000, maxDepth: 32 };
    expect(refusal('['.repeat(250_000) + ']'.repeat(250_000), limits).errors).toMatchObject([{ code: 'too_deep' }]);
  });

  it.each(['{"a":{"__proto__":1}}', '{"a":{"\\u005f_proto__":1}}', '{"a":{"__proto\\u005F\\u005f":1}}'])(
    'refuses the key __proto__ in %s',
    (text) => {
      expect(refusal(text)).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/a/__proto__', code: 'forbidden_key' }] });
    },
  );

  it('takes __proto__ as a text', () => {
    expect(parseJson('["__proto__"]', LIMITS)).toEqual(['__proto__']);
  });

  it.each(['{"a~/":["\\ud83d"]}', '{"a~/":["x\\uDE00"]}', '{"a~/":["\ud83d"]}'])('refuses half a surrogate pair in %s', (text) => {
    expect(refusal(text).errors).toMatchObject([{ pointer: '/a~0~1/0', code: 'lone_surrogate' }]);
  });

  it('refuses half a surrogate pair in a key, and its pointer is valid text', () => {
    expect(refusal('{"\\ud83d":1}').errors).toMatchObject([{ pointer: '/\ufffd', code: 'lone_surrogate' }]);
  });

  it('takes whole surrogate pairs, escaped or not', () => {
    expect(parseJson('["\\ud83d\\ude00","😀"]', LIMITS)).toEqual(['😀', '😀']);
  });

  it.each(['[1e400]', '[-1E+400]', `[${'9'.repeat(400)}]`])('refuses the number %s, which would become infinite', (text) => {
    expect(refusal(text).errors).toMatchObject([{ pointer: '/0', code: 'out_of_range' }]);
  });

  it('finds every trap wherever it hides', () => {
    const trap = fc.constantFrom('"\\ud800"', '{"__proto__":0}', '1e999', '{"\\u005f_proto__":0}', '"\\udfff"');
    const nest = fc.constantFrom('[@]', '{"k":@}', '[1,"x",@,null]');
    fc.assert(
      fc.property(trap, fc.array(nest, { maxLength: 2 }), (inner, nests) => {
        const text = nests.reduce<string>((wrapped, around) => around.replace('@', wrapped), inner);
        expect(refusal(text).code).toBe('invalid_request');
      }),
    );
  });
});
