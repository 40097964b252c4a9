import { readFileSync } from 'node:fs';
import { warnOfDevelopmentKeys } from './development-keys.js';
import { adminKeys, jwtKeys } from './keys.js';

function warnings(keys: Parameters<typeof warnOfDevelopmentKeys>[0]): string[] {
  const said: string[] = [];
  warnOfDevelopmentKeys(keys, { warn: (text) => said.push(text) });
  return said;
}

describe('warnOfDevelopmentKeys', () => {
  it('warns of both keys that docker-compose.yml sets when nobody else does', () => {
    const compose = readFileSync('docker-compose.yml', 'utf8');
    const defaultOf = (variable: string) => new RegExp(`${variable}:-([^}]+)}`).exec(compose)?.[1] ?? '';
    const keys = { jwtKeys: jwtKeys(defaultOf('HECTO_JWT_KEYS')), adminKeys: adminKeys(defaultOf('HECTO_ADMIN_KEYS')) };
    expect(warnings(keys)).toEqual([
      expect.stringMatching(/^HECTO_JWT_KEYS is a PUBLIC/),
      expect.stringMatching(/^HECTO_ADMIN_KEYS is a PUBLIC/),
    ]);
  });

  it('is silent about keys of your own, and never shows one', () => {
    expect(warnings({ jwtKeys: [{ kid: 'a', secret: 'x'.repeat(32) }], adminKeys: [`hk_${'y'.repeat(32)}`] })).toEqual([]);
    expect(warnings({ adminKeys: ['hk_for-development-only-and-more'] }).join()).not.toContain('hk_for');
  });
});
