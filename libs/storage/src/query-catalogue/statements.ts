import type { Document } from 'mongodb';
import type { RecordedCommand } from './command-recorder.js';

/** One filter of a command (an update has one for each of its statements) and how to ask MongoDB what it would do with it. */
export interface Statement {
  name: string;
  collection: string;
  /** Of an insert: the document. */
  filter: Document;
  sort: Document | undefined;
  /** The command to explain; undefined for an insert. */
  explainable: Document | undefined;
}

export function statementsOf({ name, collection, command }: RecordedCommand): Statement[] {
  switch (name) {
    case 'insert':
      return documents(command['documents']).map((filter) => ({ name, collection, filter, sort: undefined, explainable: undefined }));
    case 'update':
      return documents(command['updates']).map((update) =>
        statement({ name, collection }, update['q'], { update: collection, updates: [update] }),
      );
    case 'delete':
      return documents(command['deletes']).map((one) => statement({ name, collection }, one['q'], { delete: collection, deletes: [one] }));
    case 'aggregate':
      return [statement({ name, collection }, documents(command['pipeline'])[0]?.['$match'], command)];
    case 'find':
      return [statement({ name, collection }, command['filter'], command)];
    default:
      return [statement({ name, collection }, command['query'], command)];
  }
}

function statement(of: Pick<Statement, 'name' | 'collection'>, filter: unknown, explainable: Document): Statement {
  const { sort } = explainable as { sort?: Document };
  return { ...of, filter: filter ?? {}, sort, explainable };
}

function documents(list: unknown): Document[] {
  return (list ?? []) as Document[];
}
