import type { CollectionSpec } from './collection-spec.js';
import type { Database } from './database.js';
import { indexNameOf, keyOf } from './index-shape.js';

export async function isShardedCluster(database: Database): Promise<boolean> {
  const hello = await database.db.admin().command({ hello: 1 });
  return hello['msg'] === 'isdbgrid';
}

/** Shards the collection by its spec's key; MongoDB itself accepts the same key again. */
export async function shardCollection(database: Database, { name, shardKey }: CollectionSpec): Promise<void> {
  if (shardKey === undefined) return;
  // A collection that holds documents already is only sharded when an index leads with the key.
  await database.db.collection(name).createIndex({ ...shardKey });
  await database.client.db('admin').command({ shardCollection: `${database.db.databaseName}.${name}`, key: shardKey });
}

/** A unique index of a collection that shards must lead with the shard key: a shard can't know what the others hold. */
export function shardKeyFaults(spec: CollectionSpec): string[] {
  if (spec.shardKey === undefined) return [];
  const shardFields = Object.keys(spec.shardKey);
  return spec.indexes
    .filter((index) => index.unique === true)
    .filter((index) => {
      const fields = keyOf(index).map(([field]) => field);
      return shardFields.some((field, place) => fields[place] !== field);
    })
    .map((index) => `Index ${indexNameOf(index)} of collection ${spec.name} is unique without leading with the shard key`);
}
