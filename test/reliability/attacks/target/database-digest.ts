import { createHash } from 'node:crypto';
import { Database } from '#storage';

/** By collection: how many documents there are, and a hash over all of them. */
export type DatabaseDigest = Readonly<Record<string, string>>;

/** `progress` says how far the log was decided: a refused record moves it too. */
const MOVES_BY_ITSELF = new Set(['progress']);

/** Of everything that is stored, byte by byte. */
export function digestOf(mongoUrl: string): Promise<DatabaseDigest> {
  return withDatabaseOf(mongoUrl, async (database) => {
    const names = (await database.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    const looked = names.filter((name) => !MOVES_BY_ITSELF.has(name)).sort();
    return Object.fromEntries(await Promise.all(looked.map(async (name) => [name, await digestOfOne(database, name)] as const)));
  });
}

export function dropDatabase(mongoUrl: string): Promise<boolean> {
  return withDatabaseOf(mongoUrl, ({ db }) => db.dropDatabase());
}

/** The collections whose digests differ. */
export function changesBetween(before: DatabaseDigest, after: DatabaseDigest): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name] ?? 'missing'} → ${after[name] ?? 'missing'}`);
}

async function digestOfOne({ db }: Database, name: string): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const document of db.collection(name).find({}, { raw: true }).sort({ _id: 1 })) {
    hash.update(document as unknown as Buffer);
    count += 1;
  }
  return `${count} documents, ${hash.digest('hex').slice(0, 16)}`;
}

async function withDatabaseOf<T>(mongoUrl: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database({ url: mongoUrl, appName: 'attacks' });
  return work(database).finally(() => database.close());
}
