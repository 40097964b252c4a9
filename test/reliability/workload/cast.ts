import { Backend } from '../client/backend.js';
import { Device } from '../client/device.js';
import { DeviceToken } from '../client/device-token.js';
import type { HttpClient } from '../client/http-client.js';
import type { Recorder } from '../history/recorder.js';
import type { Actor } from './actor.js';
import { Random } from './random.js';

export interface CastOptions {
  urls: () => readonly string[];
  adminKey: string;
  recorder: Recorder;
  http: HttpClient;
  seed: number;
  /** Begins every id of the run. */
  name: string;
  users: number;
}

const MAX_DEVICES = 3;
const CONTACTS = 5;

/** Creates the users, and their devices, which are not started yet. */
export async function cast(options: CastOptions): Promise<Actor[]> {
  const { urls, adminKey, http, users, name } = options;
  const backend = new Backend(urls, adminKey, http);
  const userIds = Array.from({ length: users }, (_, i) => `${name}-u${i}`);
  await backend.createUsers(userIds);
  const random = new Random(options.seed);
  return userIds.map((userId) => ({
    userId,
    devices: devicesOf(userId, options, { backend, random }),
    contacts: random.some(
      userIds.filter((other) => other !== userId),
      CONTACTS,
    ),
  }));
}

function devicesOf(userId: string, options: CastOptions, { backend, random }: { backend: Backend; random: Random }): Actor['devices'] {
  const { urls, recorder, http } = options;
  const device = (n: number): Device => {
    const client = { userId, deviceId: `d${n}` };
    const own = new Random(random.whole(0, 2 ** 32 - 1));
    const token = new DeviceToken(client, backend);
    return new Device({ client, urls, recorder, http, token, first: random.whole(0, 1000), random: () => own.next() });
  };
  const more = random.whole(0, MAX_DEVICES - 1);
  return [device(1), ...Array.from({ length: more }, (_, n) => device(n + 2))];
}
