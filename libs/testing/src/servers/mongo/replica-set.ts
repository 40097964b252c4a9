import os from 'node:os';
import { MongoClient, MongoServerError, type MongoClientOptions } from 'mongodb';

export const REPLICA_SET = 'hecto';
const NOT_YET_INITIALIZED = 94;
const ELECTED_WITHIN_MS = 30_000;

/** Without them the driver loads `os` by a dynamic import, which fails in Jest's sandbox. */
const COMMON: MongoClientOptions = { runtimeAdapters: { os } };

/** Makes the running members one replica set by these ports, whatever they had before, and waits until it has a primary. `first` listens there. */
export async function formReplicaSet(first: number, ports: readonly number[]): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${first}/?directConnection=true`, { ...COMMON, serverSelectionTimeoutMS: 5000 });
  try {
    const admin = client.db('admin');
    const version = await configVersion(client, ports);
    if (version === 'none') await admin.command({ replSetInitiate: config(ports, 1) });
    // The data was served on other ports before: the set forgets them. Forced, because it has no primary under its old names.
    else if (version !== 'same') await admin.command({ replSetReconfig: config(ports, version + 1), force: true });
    await waitForPrimary(ports);
  } finally {
    await client.close();
  }
}

export function replicaSetUrl(ports: readonly number[]): string {
  return `mongodb://${ports.map((port) => `127.0.0.1:${port}`).join(',')}/?replicaSet=${REPLICA_SET}`;
}

async function configVersion(client: MongoClient, ports: readonly number[]): Promise<number | 'none' | 'same'> {
  try {
    const answer = await client.db('admin').command({ replSetGetConfig: 1 });
    const { version, members } = answer.config as { version: number; members: { host: string }[] };
    const hosts = members.map((member) => member.host).join();
    return hosts ===
      config(ports, 1)
        .members.map((member) => member.host)
        .join()
      ? 'same'
      : version;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NOT_YET_INITIALIZED) return 'none';
    throw error;
  }
}

function config(ports: readonly number[], version: number) {
  return {
    _id: REPLICA_SET,
    version,
    members: ports.map((port, index) => ({ _id: index, host: `127.0.0.1:${port}` })),
    // A killed primary is replaced within about two seconds; the default is ten.
    settings: { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 },
  };
}

/** The driver looks for a primary until there is one: a server selection that fails once ends the client. */
async function waitForPrimary(ports: readonly number[]): Promise<void> {
  const client = new MongoClient(replicaSetUrl(ports), {
    ...COMMON,
    serverSelectionTimeoutMS: ELECTED_WITHIN_MS,
    heartbeatFrequencyMS: 500,
  });
  try {
    await client.db('admin').command({ ping: 1 }, { readPreference: 'primary' });
  } finally {
    await client.close();
  }
}
