import { resolved, type Schema } from './schema.js';

/** One way to break a value so that its schema refuses it for sure. */
export interface Breakage {
  what: string;
  broken: () => unknown;
}

const ODD_TEXTS = ['', 'a b', 'a/b', 'a\u0000', 'ä', 'a\n', '.', 'x'.repeat(129)];
const OTHERS: readonly unknown[] = [null, true, 7, -1.5, 'text', [], {}, [null], { a: 1 }];

/** Every way to break one thing in a value that its schema allows. What the schema leaves open can't be broken. */
export function breakagesOf(given: Schema, value: unknown, path = ''): Breakage[] {
  const schema = resolved(given);
  return [
    ...wrongTypes(schema, path),
    ...outOfRange(schema, path),
    ...insideObject(schema, value, path),
    ...insideArray(schema, value, path),
  ];
}

function wrongTypes({ type, enum: allowed }: Schema, path: string): Breakage[] {
  if (typeof type !== 'string') return [];
  return OTHERS.filter((other) => typeOf(other) !== type && !allowed?.includes(other)).map((other) =>
    breakage(`${path} is ${JSON.stringify(other)}`, other),
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function outOfRange(
  { type, minimum, maximum, maxLength, pattern, format, enum: allowed, description, maxItems }: Schema,
  path: string,
): Breakage[] {
  const found: Breakage[] = [];
  if (minimum !== undefined) found.push(breakage(`${path} is too small`, minimum - 1), breakage(`${path} is -1e300`, -1e300));
  if (maximum !== undefined) found.push(breakage(`${path} is too large`, maximum + 1), breakage(`${path} is 1e300`, 1e300));
  if (type === 'integer') found.push(breakage(`${path} is 1.5`, 1.5));
  if (maxLength !== undefined) found.push(breakage(`${path} is too long`, 'x'.repeat(maxLength + 1)));
  if (pattern !== undefined) {
    const wrong = ODD_TEXTS.filter((text) => !new RegExp(pattern).test(text));
    found.push(...wrong.map((text) => breakage(`${path} is ${JSON.stringify(text)}`, text)));
  }
  if (format === 'date-time') found.push(breakage(`${path} is no time`, 'yesterday'));
  if (allowed) found.push(breakage(`${path} is none of its names`, 'no-such-name'), breakage(`${path} is toString`, 'toString'));
  if (description?.startsWith('A conversation id'))
    found.push(...['', 'g_old', 'si_b_a', 'sg_a_b', 'sg_'].map((id) => breakage(`${path} is ${id}`, id)));
  if (maxItems !== undefined)
    found.push(
      breakage(
        `${path} has too many items`,
        Array.from({ length: maxItems + 1 }, () => 'alice'),
      ),
    );
  return found;
}

function insideObject({ type, properties = {}, required = [], additionalProperties }: Schema, value: unknown, path: string): Breakage[] {
  if (type !== 'object' || typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const without = (name: string) => Object.fromEntries(entries.filter(([key]) => key !== name));
  const withField = (name: string, field: unknown) => Object.fromEntries([...entries.filter(([key]) => key !== name), [name, field]]);
  return [
    ...required.map((name) => breakage(`${path}/${name} is missing`, without(name))),
    ...['__proto__', 'constructor', 'toString', 'extra', ''].map((name) =>
      breakage(`${path}/${name} is unknown`, withField(name, { x: 1 })),
    ),
    ...entries.flatMap(([name, field]) =>
      breakagesOf(properties[name] ?? (additionalProperties || {}), field, `${path}/${name}`).map(({ what, broken }) => ({
        what,
        broken: () => withField(name, broken()),
      })),
    ),
  ];
}

function insideArray({ type, items = {} }: Schema, value: unknown, path: string): Breakage[] {
  if (type !== 'array' || !Array.isArray(value)) return [];
  return value.flatMap((item: unknown, at) =>
    breakagesOf(items, item, `${path}/${at}`).map(({ what, broken }) => ({
      what,
      broken: () => value.map((old: unknown, place) => (place === at ? broken() : old)),
    })),
  );
}

function breakage(what: string, broken: unknown): Breakage {
  return { what, broken: () => broken };
}
