import { readFileSync } from 'node:fs';
import { SERVICE_SETTINGS } from './service-settings.js';

/** Containers of one service are told apart by the ids that they make. */
const NOT_PASSED = ['HECTO_INSTANCE_ID'];

describe('docker-compose.yml', () => {
  const compose = readFileSync('docker-compose.yml', 'utf8');

  it('sets or passes on every setting of the gateway', () => {
    const set = [...compose.matchAll(/^ +(HECTO_[A-Z_]+):/gm)].map(([, variable]) => variable);
    const wanted = Object.values(SERVICE_SETTINGS.gateway).map(({ variable }) => variable);
    expect(wanted.filter((variable) => !set.includes(variable) && !NOT_PASSED.includes(variable))).toEqual([]);
  });
});
