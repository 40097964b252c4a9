import { MongoServerError, type Document } from 'mongodb';
import type { CollectionSpec } from './collection-spec.js';
import type { Database } from './database.js';
import { indexNameOf, sameIndex } from './index-shape.js';
import { schemaCollection } from './schema-collection.js';
import { isShardedCluster, shardCollection, shardKeyFaults } from './sharding.js';
import { schemaVersions, versionProblem } from './storage-check.js';
import { mappingStorageErrors } from './storage-errors.js';

const NAMESPACE_EXISTS = 48;
const BLOCK_COMPRESSOR = { wiredTiger: { configString: 'block_compressor=zstd' } };

export interface SyncReport {
  /** Collections and indexes (`<collection>.<index>`) that were made or made anew. */
  created: string[];
}

/**
 * Makes the database what the specs declare: collections, their indexes, on a sharded cluster their shard keys; then records each
 * spec's version. Changes nothing that is as declared already, and never removes what no spec knows. Throws before any change
 * when a collection is newer than its spec.
 */
export async function syncStorage(database: Database, specs: readonly CollectionSpec[]): Promise<SyncReport> {
  return mappingStorageErrors(async () => {
    await refuseFaultsAndNewer(database, specs);
    const sharded = await isShardedCluster(database);
    const created: string[] = [];
    for (const spec of specs) {
      if (await createCollection(database, spec)) created.push(spec.name);
      if (sharded) await shardCollection(database, spec);
      created.push(...(await syncIndexes(database, spec)));
      await recordVersion(database, spec);
    }
    return { created };
  });
}

async function refuseFaultsAndNewer(database: Database, specs: readonly CollectionSpec[]): Promise<void> {
  const versions = await schemaVersions(database, specs);
  const newer = specs.map((spec) => versionProblem(spec, versions.get(spec.name))).filter((found) => found?.kind === 'newer');
  const reasons = [...specs.flatMap(shardKeyFaults), ...newer.map((found) => found?.message)];
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
}

async function createCollection(database: Database, { name }: CollectionSpec): Promise<boolean> {
  try {
    await database.db.createCollection(name, { storageEngine: BLOCK_COMPRESSOR });
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NAMESPACE_EXISTS) return false;
    throw error;
  }
}

async function syncIndexes(database: Database, spec: CollectionSpec): Promise<string[]> {
  const collection = database.collection(spec);
  const present = (await collection.listIndexes().toArray()) as Document[];
  const created: string[] = [];
  for (const wanted of spec.indexes) {
    const name = indexNameOf(wanted);
    const old = present.find((index) => index['name'] === name);
    if (old && sameIndex(wanted, old)) continue;
    if (old) await collection.dropIndex(name);
    await collection.createIndexes([{ ...wanted, name }]);
    created.push(`${spec.name}.${name}`);
  }
  return created;
}

async function recordVersion(database: Database, { name, version }: CollectionSpec): Promise<void> {
  // Only upwards: of two programs that sync at once, the newer one's record stays.
  const change = { $max: { version }, $currentDate: { syncedAt: true } } as const;
  await schemaCollection(database.db).updateOne({ _id: name }, change, { upsert: true });
}
