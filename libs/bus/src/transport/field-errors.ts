import type { ValidationError } from 'class-validator';
import type { FieldError } from '#kernel';

/** Constraints of class-validator by the code that a caller sees; any other constraint is `malformed`. */
const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown_field',
  isDefined: 'missing',
  isNotEmpty: 'missing',
  isString: 'wrong_type',
  isInt: 'wrong_type',
  isNumber: 'wrong_type',
  isBoolean: 'wrong_type',
  isArray: 'wrong_type',
  isObject: 'wrong_type',
  nestedValidation: 'wrong_type',
  isIn: 'not_allowed',
  isEnum: 'not_allowed',
  min: 'too_small',
  max: 'too_large',
  minLength: 'too_short',
  maxLength: 'too_long',
  isLength: 'wrong_length',
  arrayMinSize: 'too_few',
  arrayMaxSize: 'too_many',
  arrayUnique: 'repeated',
};

/** One entry per wrong field, nested ones by their full path. */
export function fieldErrorsOf(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    const own = error.constraints ? [describe(pointer, error.value, error.constraints)] : [];
    return [...own, ...fieldErrorsOf(error.children ?? [], pointer)];
  });
}

function describe(pointer: string, value: unknown, constraints: Record<string, string>): FieldError {
  const details = Object.entries(constraints);
  if (value === undefined) return { pointer, code: 'missing', detail: `${pointer} is missing` };
  // A value of the wrong type breaks every other constraint too: that says less.
  const known = details.find(([name]) => CODES[name] === 'wrong_type') ?? details[0];
  const [name, detail] = known ?? ['', 'is wrong'];
  const code = CODES[name] ?? 'malformed';
  return { pointer, code, detail: code === 'unknown_field' ? `${pointer} is not known here` : detail };
}

/** RFC 6901. */
function escapePointer(property: string): string {
  return property.replaceAll('~', '~0').replaceAll('/', '~1');
}
