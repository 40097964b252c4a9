import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { settingsPage } from '#config';
import { renderErrorsPage } from './errors-page.js';
import { renderRolesPage } from './roles-page.js';

/** As `generate.ts` writes it. Prettier can't be imported by a test, which Jest runs as CommonJS. */
function formatted(file: string, page: string): string {
  return execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--stdin-filepath', file], {
    input: page,
    encoding: 'utf8',
  });
}

describe('the generated pages', () => {
  it.each([
    ['docs/errors.md', renderErrorsPage],
    ['docs/configuration.md', settingsPage],
    ['docs/roles.md', renderRolesPage],
  ])('%s is what `npm run docs:generate` would write', (file, render) => {
    expect(readFileSync(file, 'utf8')).toBe(formatted(file, render()));
  });
});
