import type { Document, IndexDescription } from 'mongodb';
import type { CollectionSpec } from './collection-spec.js';
import type { Database } from './database.js';
import { sameIndex, indexNameOf } from './index-shape.js';
import { schemaCollection } from './schema-collection.js';
import { mappingStorageErrors } from './storage-errors.js';

export interface StorageProblem {
  collection: string;
  kind: 'missing' | 'unsynced' | 'newer' | 'index';
  /** What is wrong and what to do, for people. */
  message: string;
}

/** What stands between the database and these specs; empty when the service may start. */
export async function checkStorage(database: Database, specs: readonly CollectionSpec[]): Promise<StorageProblem[]> {
  return mappingStorageErrors(async () => {
    const [existing, versions] = await Promise.all([collectionNames(database), schemaVersions(database, specs)]);
    const problems = specs.map(async (spec) => {
      if (!existing.has(spec.name)) return [missing(spec)];
      const found = versionProblem(spec, versions.get(spec.name));
      return found ? [found] : indexProblems(spec, await database.collection(spec).listIndexes().toArray());
    });
    return (await Promise.all(problems)).flat();
  });
}

/** How the recorded version of a collection differs from the spec's, if it does. */
export function versionProblem(spec: CollectionSpec, recorded: number | undefined): StorageProblem | undefined {
  if (recorded === spec.version) return undefined;
  const have = `version ${String(recorded)} of collection ${spec.name}, this program needs version ${spec.version}`;
  if (recorded !== undefined && recorded > spec.version) {
    return { collection: spec.name, kind: 'newer', message: `The database has the newer ${have}: run a newer Hecto` };
  }
  const message = recorded === undefined ? `Collection ${spec.name} was never synced` : `The database has ${have}`;
  return { collection: spec.name, kind: 'unsynced', message: `${message}: run \`hecto storage sync\`` };
}

/** The spec's indexes that are missing or of another shape among `found`. */
export function indexProblems(spec: CollectionSpec, found: readonly Document[]): StorageProblem[] {
  return spec.indexes.flatMap((wanted: IndexDescription) => {
    const name = indexNameOf(wanted);
    const present = found.find((index) => index['name'] === name);
    if (present && sameIndex(wanted, present)) return [];
    const what = present ? 'is of another shape than declared' : 'is missing';
    const message = `Index ${name} of collection ${spec.name} ${what}: run \`hecto storage sync\``;
    return [{ collection: spec.name, kind: 'index' as const, message }];
  });
}

export async function collectionNames(database: Database): Promise<Set<string>> {
  const collections = await database.db.listCollections({}, { nameOnly: true }).toArray();
  return new Set(collections.map(({ name }) => name));
}

export async function schemaVersions(database: Database, specs: readonly CollectionSpec[]): Promise<Map<string, number>> {
  const recorded = await schemaCollection(database.db)
    .find({ _id: { $in: specs.map(({ name }) => name) } })
    .toArray();
  return new Map(recorded.map(({ _id, version }) => [_id, version]));
}

function missing(spec: CollectionSpec): StorageProblem {
  return { collection: spec.name, kind: 'missing', message: `Collection ${spec.name} is missing: run \`hecto storage sync\`` };
}
