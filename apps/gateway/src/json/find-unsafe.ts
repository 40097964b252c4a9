import type { FieldError } from '#kernel';
import { pointerTo } from './pointer.js';
import { isWellFormed } from './well-formed.js';

/**
 * The first place in a parsed value that is nested deeper than `maxDepth`, has a key `__proto__`, holds half a surrogate pair (which
 * no UTF-8 can carry) or a number beyond a double's range. Recursion ends at `maxDepth`, so no input can overflow the stack.
 */
export function findUnsafe(value: unknown, maxDepth: number): FieldError | undefined {
  return walk(value, maxDepth, []);
}

function walk(value: unknown, levels: number, path: string[]): FieldError | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? undefined : loneSurrogate(path);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : outOfRange(path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return at(path, 'too_deep', 'nested too deep');
  return Array.isArray(value) ? walkItems(value, levels, path) : walkMembers(value, levels, path);
}

function walkItems(items: readonly unknown[], levels: number, path: string[]): FieldError | undefined {
  for (const [index, item] of items.entries()) {
    path.push(String(index));
    const found = walk(item, levels - 1, path);
    if (found) return found;
    path.pop();
  }
  return undefined;
}

function walkMembers(object: object, levels: number, path: string[]): FieldError | undefined {
  for (const [key, member] of Object.entries(object)) {
    path.push(key);
    const found = unsafeKey(key, path) ?? walk(member, levels - 1, path);
    if (found) return found;
    path.pop();
  }
  return undefined;
}

function unsafeKey(key: string, path: string[]): FieldError | undefined {
  if (key === '__proto__') return at(path, 'forbidden_key', 'the key __proto__ is not allowed');
  return isWellFormed(key) ? undefined : loneSurrogate(path);
}

function loneSurrogate(path: string[]): FieldError {
  return at(path, 'lone_surrogate', 'half a surrogate pair is not text');
}

function outOfRange(path: string[]): FieldError {
  return at(path, 'out_of_range', 'the number is beyond the range of a double');
}

function at(path: string[], code: string, detail: string): FieldError {
  return { pointer: pointerTo(path), code, detail };
}
