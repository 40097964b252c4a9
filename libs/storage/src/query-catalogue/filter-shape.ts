import type { Document } from 'mongodb';

/** A filter without its values: `{ user_id: ?, at: { $gt: ? } }`. Of an insert nothing but the fields. */
export function filterShape(filter: Document): string {
  const fields = Object.entries(filter).map(([field, value]) => `${field}: ${valueShape(value)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function valueShape(value: unknown): string {
  if (Array.isArray(value)) return value.some(isOperators) ? `[${valueShape(value[0])}, …]` : '[?, …]';
  return isOperators(value) ? filterShape(value) : '?';
}

function isOperators(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether the filter pins every field of the shard key to a value, or to one of a list, so that it goes to those shards alone. */
export function namesShardKey(filter: Document, shardKey: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(shardKey).every((field) => {
    if (!(field in filter)) return false;
    const value: unknown = filter[field];
    if (!isOperators(value)) return true;
    return '$in' in value || '$eq' in value;
  });
}
