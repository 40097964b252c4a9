import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomToken } from '#kernel';

export interface DevelopmentKeys {
  /** For a backend: `Authorization: Bearer hk_…`. */
  adminKey: string;
  /** As HECTO_JWT_KEYS takes them. */
  jwtKeys: string;
}

export function newDevelopmentKeys(): DevelopmentKeys {
  return { adminKey: `hk_${randomToken()}`, jwtKeys: `dev=${randomToken()}` };
}

/** Those of the file, made at the first time: tokens outlive a restart. */
export function keptDevelopmentKeys(file: string): DevelopmentKeys {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentKeys;
  const keys = newDevelopmentKeys();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 });
  return keys;
}
