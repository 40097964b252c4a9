import { join } from 'node:path';

/** Where standalone keeps the admin key that it made, for `hecto` on the same machine. */
export function adminKeyFile(dataDir: string): string {
  return join(dataDir, 'admin-key');
}

/** Where standalone keeps the secrets of access tokens that it made. */
export function jwtKeysFile(dataDir: string): string {
  return join(dataDir, 'jwt-keys');
}
