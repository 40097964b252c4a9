import { list } from './parsers.js';
import { NotAccepted } from './setting.js';

/** A secret that signs or verifies access tokens; `kid` is the key id in a token's header. */
export interface JwtKey {
  kid: string;
  secret: string;
}

const MIN_LENGTH = 32;

/** `kid=secret,kid2=secret2`. What is wrong is said without showing a secret. */
export function jwtKeys(input: string): JwtKey[] {
  const keys = list(input).map((entry, index) => {
    const equals = entry.indexOf('=');
    const kid = entry.slice(0, Math.max(equals, 0));
    const secret = entry.slice(equals + 1);
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(kid)) throw new NotAccepted(`must be <key id>=<secret>, …; key ${index + 1} is not`);
    if (secret.length < MIN_LENGTH) throw new NotAccepted(`needs secrets of at least ${MIN_LENGTH} characters; that of ${kid} is shorter`);
    return { kid, secret };
  });
  if (keys.length === 0) throw new NotAccepted('must name at least one key: <key id>=<secret>');
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) throw new NotAccepted('names a key id twice');
  return keys;
}

/** A comma list of keys, each beginning with `hk_`. */
export function adminKeys(input: string): string[] {
  const keys = list(input);
  const wrong = keys.findIndex((key) => !/^hk_[\x21-\x7e]+$/.test(key) || key.length < MIN_LENGTH);
  if (wrong >= 0)
    throw new NotAccepted(`needs keys that begin with hk_ and have at least ${MIN_LENGTH} characters; key ${wrong + 1} does not`);
  return keys;
}
