import { validateSync } from 'class-validator';
import type { FieldError } from '#kernel';
import { problem } from '#contracts';
import { pointerTo } from '../json/pointer.js';
import { fieldErrors } from './field-errors.js';
import { conversionsOf } from './from.decorator.js';
import { propertiesOf } from './properties.js';

type InputClass<T extends object> = new () => T;

/**
 * A caller's input as an instance of its class: only known fields, each valid; else `invalid_request` that names every wrong one.
 *
 * class-transformer is not used on purpose: it calls whatever a nested `constructor` key holds, and copies content that nobody needs copied.
 */
export function readInput<T extends object>(type: InputClass<T>, raw: unknown): T {
  const errors: FieldError[] = [];
  const input = instantiate(type, raw, [], errors);
  // class-validator calls a class without fields unknown.
  if (isRecord(raw) && propertiesOf(type).size > 0) errors.push(...notBelow(errors, fieldErrors(validateSync(input))));
  if (errors.length > 0) throw problem('invalid_request', summary(errors), { errors });
  return input;
}

/** What is no object has no fields that could be missing. */
function notBelow(misshapen: readonly FieldError[], invalid: readonly FieldError[]): FieldError[] {
  const starts = misshapen.filter(({ code }) => code === 'wrong_type').map(({ pointer }) => `${pointer}/`);
  return invalid.filter(({ pointer }) => !starts.some((start) => pointer.startsWith(start)));
}

function summary(errors: readonly FieldError[]): string {
  return [...new Set(errors.map(({ detail, code }) => detail ?? code))].join('; ');
}

function instantiate<T extends object>(type: InputClass<T>, raw: unknown, path: readonly string[], errors: FieldError[]): T {
  const input = new type();
  if (!isRecord(raw)) {
    errors.push({ pointer: pointerTo(path), code: 'wrong_type', detail: `${path.at(-1) ?? 'the input'} must be an object` });
    return input;
  }
  const known = propertiesOf(type);
  for (const key of Object.keys(raw)) {
    const here = [...path, key];
    if (known.has(key)) Object.assign(input, { [key]: convert(type, key, raw[key], here, errors) });
    else errors.push({ pointer: pointerTo(here), code: 'unknown_field', detail: `there is no field ${JSON.stringify(key)}` });
  }
  return input;
}

function convert(type: InputClass<object>, key: string, raw: unknown, path: readonly string[], errors: FieldError[]): unknown {
  const conversion = conversionsOf(type)[key];
  if (!conversion) return raw;
  if (conversion.kind === 'value') return conversion.convert(raw);
  const nested = conversion.type() as InputClass<object>;
  if (conversion.kind === 'nested') return instantiate(nested, raw, path, errors);
  // What is no list is refused as such; an object of no class is nothing that class-validator could look into.
  if (!Array.isArray(raw)) return null;
  return raw.map((item: unknown, index) => instantiate(nested, item, [...path, String(index)], errors));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
