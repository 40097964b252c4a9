import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FAULTS } from '../faults/all-faults.js';
import { SCENARIOS } from '../scenarios/all-scenarios.js';
import { PROMISES } from './promises.js';

const root = join(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/guarantees.md'), 'utf8');
const faults = [...page.matchAll(/--faults ([\w-]+)/g)].map(([, name]) => name ?? '');
const named = [...page.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');

describe('the page of guarantees', () => {
  it.each(Object.keys(PROMISES))('names what the checker holds: %s', (promise) => {
    expect(named).toContain(promise);
  });

  it.each([...new Set(named.filter((name) => /^(apps|libs|test)\/.*\.ts$/.test(name)))])('names a test that exists: %s', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });

  it.each([...new Set(faults)])('names a fault, or a scenario, that can be played: %s', (name) => {
    expect([...ALL_FAULTS, ...SCENARIOS].map((each) => each.name)).toContain(name);
  });
});
