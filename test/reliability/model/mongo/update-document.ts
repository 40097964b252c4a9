import type { Plain, PlainDocument } from './documents.js';

/** The update operators that the message path uses, with their arguments. */
export type Update = Partial<Record<'$set' | '$inc' | '$max' | '$unset' | '$setOnInsert', PlainDocument>>;

/** Changes a document in place, as MongoDB would. */
export function updateDocument(document: PlainDocument, update: Update, inserted: 'inserted' | 'found'): void {
  for (const operator of Object.keys(update)) if (!(operator in OPERATORS)) throw new Error(`the model knows no ${operator}`);
  if (inserted === 'inserted') Object.assign(document, update.$setOnInsert);
  for (const [path, value] of Object.entries(update.$set ?? {})) set(document, path, value);
  for (const [field, by] of Object.entries(update.$inc ?? {})) document[field] = numberIn(document, field, 0) + Number(by);
  for (const [field, to] of Object.entries(update.$max ?? {})) document[field] = Math.max(numberIn(document, field, -Infinity), Number(to));
  for (const field of Object.keys(update.$unset ?? {})) Reflect.deleteProperty(document, field);
}

const OPERATORS: Record<keyof Update, true> = { $set: true, $inc: true, $max: true, $unset: true, $setOnInsert: true };

function set(document: PlainDocument, path: string, value: Plain): void {
  const [field = '', index, ...rest] = path.split('.');
  if (index === undefined) {
    document[field] = value;
    return;
  }
  const list = document[field];
  if (!Array.isArray(list) || rest.length > 0) throw new Error(`the model can't set ${path}`);
  const slot = Number(index);
  // MongoDB fills what lies between with nulls.
  while (list.length < slot) list.push(null);
  list[slot] = value;
}

function numberIn(document: PlainDocument, field: string, absent: number): number {
  const value = document[field];
  return value === undefined ? absent : Number(value);
}
