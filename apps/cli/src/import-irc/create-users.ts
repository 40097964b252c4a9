import { LIMITS, type UserId } from '#contracts';
import type { HttpApi } from '../client/http-api.js';
import { patiently, type Patience } from '../client/patiently.js';

/** Users without passwords, one for each nickname; those that exist stay. */
export async function createUsers(api: HttpApi, nicknames: ReadonlyMap<UserId, string>, patience: Patience): Promise<void> {
  const users = Array.from(nicknames, ([userId, nickname]) => ({ userId, nickname }));
  for (let start = 0; start < users.length; start += LIMITS.maxBatchItems) {
    const body = { users: users.slice(start, start + LIMITS.maxBatchItems) };
    await patiently(() => api.call('POST', '/v1/users:batch', { body }), patience);
  }
}
