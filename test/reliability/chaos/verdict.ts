import { Database } from '#storage';
import { waitFor, withDatabase } from '#testing';
import { check } from '../checker/check.js';
import { renderReport } from '../checker/print-report.js';
import { MongoStoredState } from '../checker/stored/mongo-stored-state.js';
import { DATABASE } from '../world/start-world.js';
import type { World } from '../world/world.js';

const AT_REST_WITHIN_MS = 120_000;
const READ_WITHIN_MS = 120_000;

/** Resolves when nothing waits in an outbox any more. */
export async function atRest(world: World): Promise<void> {
  await withStored(world, async (stored) => {
    await waitFor(async () => (await stored.waiting()).length === 0, {
      withinMs: AT_REST_WITHIN_MS,
      what: 'the outboxes to be empty',
      everyMs: 250,
    });
  });
}

/** Whether everything that clients did and saw is kept, and nothing else, but for conversations of others; when no service runs any more. */
export async function verdict(world: World, foreign: ReadonlySet<string>): Promise<0 | 1> {
  const report = await withStored(world, (stored) => check(world.folder.history, stored, { foreign }));
  world.say(renderReport(report));
  return report.violations.length === 0 ? 0 : 1;
}

async function withStored<T>({ servers }: World, work: (stored: MongoStoredState) => Promise<T>): Promise<T> {
  const url = withDatabase(servers.addresses.mongoUrl, DATABASE);
  const database = new Database({ url, appName: 'chaos', commandTimeoutMs: READ_WITHIN_MS });
  try {
    return await work(new MongoStoredState(database));
  } finally {
    await database.close();
  }
}
