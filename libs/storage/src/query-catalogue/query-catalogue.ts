import type { CollectionSpec } from '../collection-spec.js';
import type { Database } from '../database.js';
import { recordCommands } from './command-recorder.js';
import { filterShape, namesShardKey } from './filter-shape.js';
import { statementsOf, type Statement } from './statements.js';
import { planOf } from './winning-plan.js';

/** A repository's method and a call of it, with data that brings it to send its command. */
export interface CataloguedCall {
  /** `SeqRepository.load` */
  method: string;
  run: () => Promise<unknown>;
}

export interface QueryRow {
  method: string;
  command: string;
  collection: string;
  filter: string;
  indexes: string[];
  stages: string[];
  shardKey: 'named' | 'missing' | 'not sharded';
}

/**
 * Runs every call on a synced database with command monitoring, and says of each different statement that was sent which index it uses
 * and whether it names the shard key. A tool for tests.
 */
export async function catalogueQueries(
  database: Database,
  specs: readonly CollectionSpec[],
  calls: readonly CataloguedCall[],
): Promise<QueryRow[]> {
  const rows = new Map<string, QueryRow>();
  for (const { method, run } of calls) {
    const commands = await recordCommands(database, run);
    if (commands.length === 0) throw new Error(`${method} sent no command: give the call data that makes it send one`);
    for (const statement of commands.flatMap(statementsOf)) {
      const row = await rowOf(database, specs, method, statement);
      rows.set(JSON.stringify(row), row);
    }
  }
  return [...rows.values()];
}

/** What must not be: statements that scan a collection, and those on a sharding collection that every shard would have to answer. */
export function queryFaults(rows: readonly QueryRow[]): string[] {
  return rows.flatMap(({ method, command, collection, filter, stages, shardKey }) => {
    const what = `${method}: ${command} on ${collection} by ${filter}`;
    const scans = stages.includes('COLLSCAN') ? [`${what} scans the collection`] : [];
    return shardKey === 'missing' ? [...scans, `${what} does not name the shard key`] : scans;
  });
}

async function rowOf(database: Database, specs: readonly CollectionSpec[], method: string, statement: Statement): Promise<QueryRow> {
  const { name, collection, filter, sort, explainable } = statement;
  const shardKey = specs.find((spec) => spec.name === collection)?.shardKey;
  const plan = explainable
    ? planOf(await database.db.command({ explain: explainable, verbosity: 'queryPlanner' }))
    : { stages: [], indexes: [] };
  const shape = explainable ? filterShape(filter) : 'a document';
  return {
    method,
    command: name,
    collection,
    filter: sort ? `${shape} sort ${JSON.stringify(sort instanceof Map ? Object.fromEntries(sort) : sort)}` : shape,
    indexes: plan.indexes,
    stages: plan.stages,
    shardKey: shardKey === undefined ? 'not sharded' : namesShardKey(filter, shardKey) ? 'named' : 'missing',
  };
}
