import { adminKeyFile, jwtKeysFile, type JwtKey, type SettingsOf } from '#config';
import { randomToken } from '#kernel';
import { keptSecret } from './kept-secret.js';

export interface Secrets {
  adminKeys: string[];
  jwtKeys: JwtKey[];
}

const JWT_KEY_ID = 'standalone';

/** Those that are set; where there are none, some that are made at the first start and kept in the data folder. */
export async function secretsOf({ adminKeys, jwtKeys, dataDir }: SettingsOf<'standalone'>): Promise<Secrets> {
  return {
    adminKeys: adminKeys.length > 0 ? adminKeys : [await keptSecret(adminKeyFile(dataDir), () => `hk_${randomToken()}`)],
    jwtKeys: jwtKeys ?? [{ kid: JWT_KEY_ID, secret: await keptSecret(jwtKeysFile(dataDir), randomToken) }],
  };
}
