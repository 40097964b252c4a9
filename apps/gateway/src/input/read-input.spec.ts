import { ArrayMaxSize, IsArray, IsInt, IsString, MaxLength } from 'class-validator';
import type { AppError } from '#kernel';
import { AnyJson, FromDigits, Nested, NestedList } from './from.decorator.js';
import { Optional } from './optional.decorator.js';
import { readInput } from './read-input.js';

class Inner {
  @IsString() @MaxLength(3) name: string;
}

class Input {
  @IsString() text: string;
  @Optional() @FromDigits() @IsInt() count?: number;
  @Optional() @Nested(() => Inner) inner?: Inner;
  @Optional() @IsArray() @ArrayMaxSize(2) @NestedList(() => Inner) list?: Inner[];
  @Optional() @AnyJson() json?: unknown;
}

function errorsOf(raw: unknown): AppError['errors'] {
  try {
    readInput(Input, raw);
  } catch (error) {
    return (error as AppError).errors;
  }
  return undefined;
}

describe('readInput', () => {
  it('makes instances, nested ones too', () => {
    const input = readInput(Input, { text: 'a', count: '7', inner: { name: 'b' }, list: [{ name: 'c' }] });
    expect(input).toBeInstanceOf(Input);
    expect(input.inner).toBeInstanceOf(Inner);
    expect(input.list?.[0]).toBeInstanceOf(Inner);
    expect(input.count).toBe(7);
  });

  it('hands over JSON as it is, whatever its keys are called', () => {
    const json = { constructor: { name: 'x' }, toString: null, then: [] };
    expect(readInput(Input, { text: 'a', json }).json).toBe(json);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', 'nope', 'a/b'])('refuses the unknown field %s', (field) => {
    expect(errorsOf({ text: 'a', [field]: { constructor: 1 } })).toMatchObject([{ code: 'unknown_field' }]);
  });

  it('names every wrong field with its pointer', () => {
    expect(errorsOf({ count: 1.5, inner: { name: 'long', more: 1 }, list: [{ name: 'ok' }, {}] })).toEqual([
      { pointer: '/inner/more', code: 'unknown_field', detail: 'there is no field "more"' },
      { pointer: '/text', code: 'required', detail: 'text is required' },
      expect.objectContaining({ pointer: '/count', code: 'wrong_type' }),
      expect.objectContaining({ pointer: '/inner/name', code: 'too_long' }),
      { pointer: '/list/1/name', code: 'required', detail: 'name is required' },
    ]);
  });

  it('takes no list for an object, an empty one neither, and no object for a list', () => {
    for (const inner of [[], [{ name: 'b' }]]) {
      expect(errorsOf({ text: 'a', inner })).toEqual([{ pointer: '/inner', code: 'wrong_type', detail: 'inner must be an object' }]);
    }
    expect(errorsOf({ text: 'a', list: { name: 'b' } })).toMatchObject([{ pointer: '/list', code: 'wrong_type' }]);
  });

  it('does not take null for a missing field', () => {
    expect(errorsOf({ text: 'a', count: null })).toMatchObject([{ pointer: '/count', code: 'wrong_type' }]);
    expect(errorsOf({ text: 'a', inner: null })).toMatchObject([{ pointer: '/inner', code: 'wrong_type' }]);
  });

  it.each([undefined, null, 1, 'x', [[]]])('refuses %j as the whole input', (raw) => {
    expect(errorsOf(raw)).toEqual([{ pointer: '', code: 'wrong_type', detail: 'the input must be an object' }]);
  });

  it.each([5, 'x'])('refuses %j where an object belongs', (inner) => {
    expect(errorsOf({ text: 'a', inner })).toContainEqual({ pointer: '/inner', code: 'wrong_type', detail: 'inner must be an object' });
  });
});
