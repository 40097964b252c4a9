import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { format, resolveConfig } from 'prettier';
import { renderAsyncApi, VERSION } from '#contracts';
import { settingsPage } from '#config';
import { renderOpenApi } from '../../apps/gateway/src/openapi/render-open-api.js';
import { renderErrorsPage } from './errors-page.js';
import { renderRolesPage } from './roles-page.js';

const PAGES: Readonly<Record<string, () => Promise<string> | string>> = {
  'docs/errors.md': renderErrorsPage,
  'docs/configuration.md': settingsPage,
  'docs/roles.md': renderRolesPage,
  'docs/openapi.json': renderOpenApi,
  'docs/asyncapi.json': () => `${JSON.stringify(renderAsyncApi(VERSION), undefined, 2)}\n`,
};

// Written with --write; without it, the pages that are out of date are named.
const write = process.argv.includes('--write');
for (const [file, render] of Object.entries(PAGES)) {
  const page = file.endsWith('.md') ? await format(await render(), { ...(await resolveConfig(file)), parser: 'markdown' }) : await render();
  if (existsSync(file) && readFileSync(file, 'utf8') === page) continue;
  if (write) writeFileSync(file, page);
  else process.exitCode = 1;
  console.log(`${file} ${write ? 'was written' : 'is out of date: run `npm run docs:generate`'}`);
}
