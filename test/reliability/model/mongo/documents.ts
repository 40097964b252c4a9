import { Binary } from 'mongodb';

/** A value of a document, with binaries as text: what can be compared, kept and copied as JSON. */
export type Plain = string | number | boolean | null | Plain[] | PlainDocument;

export interface PlainDocument {
  [field: string]: Plain;
}

/** Collections by name, documents by id. */
export type Documents = Record<string, Record<string, PlainDocument>>;

const BINARY = 'binary:';

export function toPlain(value: unknown): Plain {
  if (value instanceof Binary) return `${BINARY}${value.toString('hex')}`;
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value as Plain;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, toPlain(field)]));
}

/** The opposite of toPlain. */
export function toMongo(value: Plain): unknown {
  if (typeof value === 'string') return value.startsWith(BINARY) ? new Binary(Buffer.from(value.slice(BINARY.length), 'hex')) : value;
  if (Array.isArray(value)) return value.map(toMongo);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toMongo(field)]));
}
