import { startService, type RunningService } from '#runtime';
import { USER_COLLECTIONS } from './store/user.collections.js';
import { UserModule, type UserParts } from './user.module.js';

/** Starts the user service: accounts, devices, tokens. */
export function startUser(parts: UserParts): Promise<RunningService> {
  return startService({
    name: 'user',
    module: UserModule.with(parts),
    parts,
    storage: { database: parts.database, collections: USER_COLLECTIONS },
  });
}
