import type { JwtKey } from './keys.js';

/** In the keys of docker-compose.yml and of nobody else: those are public. */
const MARKER = 'for-development-only';

interface Keys {
  jwtKeys?: readonly JwtKey[];
  adminKeys?: readonly string[];
}

/** A loud warning for whoever left the public keys of docker-compose.yml in use. */
export function warnOfDevelopmentKeys({ jwtKeys = [], adminKeys = [] }: Keys, logger: { warn(text: string): void }): void {
  const inUse = [
    ...(jwtKeys.some(({ secret }) => secret.includes(MARKER)) ? ['HECTO_JWT_KEYS'] : []),
    ...(adminKeys.some((key) => key.includes(MARKER)) ? ['HECTO_ADMIN_KEYS'] : []),
  ];
  for (const variable of inUse)
    logger.warn(
      `${variable} is a PUBLIC development key: whoever reaches this server can do anything in it. Set your own before others can.`,
    );
}
