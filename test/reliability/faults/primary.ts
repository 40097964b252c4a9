import os from 'node:os';
import { MongoClient } from 'mongodb';
import type { GuardedProcess } from '#testing';
import type { World } from '../world/world.js';
import { between, seconds, type Fault } from './fault.js';

const MEMBERS = { mongoMembers: 3 } as const;

/** `kill -9` of the primary of three members. */
export const killPrimary: Fault = {
  name: 'kill-primary',
  needs: MEMBERS,
  draw: (random) => {
    const holdMs = between(random, 3, 12);
    return {
      what: `kill -9 of MongoDB's primary, down for ${seconds(holdMs)}`,
      holdMs,
      inject: async (world) => {
        const primary = await primaryOf(world);
        await world.kill(primary);
        return () => world.revive([primary]);
      },
    };
  },
};

/** SIGSTOP of the primary: it wakes when another has taken its place, and believes to be it still. */
export const pausePrimary: Fault = {
  name: 'pause-primary',
  needs: MEMBERS,
  draw: (random) => {
    const holdMs = between(random, 5, 40);
    return {
      what: `SIGSTOP of MongoDB's primary for ${seconds(holdMs)}`,
      holdMs,
      inject: async (world) => {
        const primary = await primaryOf(world);
        primary.signal('SIGSTOP');
        return () => {
          primary.signal('SIGCONT');
          return world.revive([primary]);
        };
      },
    };
  },
};

async function primaryOf({ servers }: World): Promise<GuardedProcess> {
  const client = new MongoClient(servers.addresses.mongoUrl, { runtimeAdapters: { os }, serverSelectionTimeoutMS: 20_000 });
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    const port = Number(String(hello['primary']).split(':')[1]);
    const primary = servers.mongo?.members[servers.mongo.knownPorts.indexOf(port)];
    if (!primary) throw new Error(`MongoDB says that ${String(hello['primary'])} is its primary, which is none of its members`);
    return primary;
  } finally {
    await client.close();
  }
}
