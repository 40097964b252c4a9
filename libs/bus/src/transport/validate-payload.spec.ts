import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, MaxLength, Min, ValidateNested } from 'class-validator';
import type { AppError } from '#kernel';
import { validatePayload } from './validate-payload.js';

class Inner {
  @IsString() @MaxLength(3) text: string;
}

class Outer {
  @IsInt() @Min(1) count: number;
  @ValidateNested() @Type(() => Inner) inner: Inner;
  @IsOptional() @IsArray() @ArrayMaxSize(1) @ValidateNested({ each: true }) @Type(() => Inner) more?: Inner[];
}

const errorOf = (value: unknown): AppError => {
  try {
    validatePayload(Outer, value, 'outer');
  } catch (error) {
    return error as AppError;
  }
  throw new Error('it was accepted');
};

describe('validatePayload', () => {
  it('gives an instance of the class', () => {
    const payload = validatePayload(Outer, { count: 1, inner: { text: 'abc' } }, 'outer');
    expect(payload).toBeInstanceOf(Outer);
    expect(payload.inner).toBeInstanceOf(Inner);
  });

  it('names every wrong field by its pointer, with a code', () => {
    const { code, errors } = errorOf({ count: 0, inner: { text: 'abcd', 'a/b': 1 }, more: [{ text: 'a' }, {}], odd: 1 });
    expect(code).toBe('invalid_request');
    expect(errors?.map((error) => [error.pointer, error.code])).toEqual(
      expect.arrayContaining([
        ['/odd', 'unknown_field'],
        ['/count', 'too_small'],
        ['/inner/text', 'too_long'],
        ['/inner/a~1b', 'unknown_field'],
        ['/more', 'too_many'],
        ['/more/1/text', 'missing'],
      ]),
    );
    expect(errors).toHaveLength(6);
  });

  it('says wrong_type before what follows from it', () => {
    expect(errorOf({ count: 'many', inner: { text: 5 } }).errors).toEqual([
      expect.objectContaining({ pointer: '/count', code: 'wrong_type' }),
      expect.objectContaining({ pointer: '/inner/text', code: 'wrong_type' }),
    ]);
  });

  it.each([null, [], 'text', 5])('refuses %j, which is no object', (value) => {
    expect(errorOf(value)).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '', code: 'wrong_type' }] });
  });

  it('lets no payload reach a prototype', () => {
    const payload = JSON.parse('{"count":1,"inner":{"text":"a"},"__proto__":{"count":5}}') as unknown;
    try {
      validatePayload(Outer, payload, 'outer');
    } catch (error) {
      expect((error as AppError).code).toBe('invalid_request');
    }
    expect(({} as { count?: number }).count).toBeUndefined();
  });
});
