import type { ValidationError } from 'class-validator';
import type { FieldError } from '#kernel';
import { pointerTo } from '../json/pointer.js';

/** class-validator's names of what is wrong, in the words of the API. */
const CODES: Readonly<Record<string, string>> = {
  isDefined: 'required',
  isNotEmpty: 'required',
  maxLength: 'too_long',
  maxBytes: 'too_long',
  minLength: 'too_short',
  arrayMaxSize: 'too_many',
  arrayMinSize: 'too_few',
  max: 'too_large',
  min: 'too_small',
  isIn: 'not_allowed',
  matches: 'bad_format',
  isEmail: 'bad_format',
  isConversationId: 'bad_format',
  isTime: 'bad_format',
  isInt: 'wrong_type',
  isString: 'wrong_type',
  isBoolean: 'wrong_type',
  isArray: 'wrong_type',
  isObject: 'wrong_type',
  nestedValidation: 'wrong_type',
};

/** Each failed field once, with a JSON pointer. */
export function fieldErrors(failed: readonly ValidationError[], path: readonly string[] = []): FieldError[] {
  return failed.flatMap((error) => {
    const here = [...path, error.property];
    return [...own(error, here), ...fieldErrors(error.children ?? [], here)];
  });
}

function own(error: ValidationError, path: readonly string[]): FieldError[] {
  const broken = Object.entries(error.constraints ?? {});
  // A value of the wrong type breaks every other rule too: that says less.
  const first = broken.find(([name]) => CODES[name] === 'wrong_type') ?? broken[0];
  if (!first) return [];
  const missing = error.value === undefined;
  const code = missing ? 'required' : (CODES[first[0]] ?? 'invalid');
  return [{ pointer: pointerTo(path), code, detail: missing ? `${error.property} is required` : first[1] }];
}
