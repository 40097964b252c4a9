import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { QueryRow } from './query-catalogue.js';
import { queriesOf, renderQueries, withQueries } from './queries-page.js';

const PAGE = 'docs/queries.md';

/**
 * What docs/queries.md says of the service, and what it should say; equal when the page is up to date. With HECTO_WRITE_DOCS the page
 * is written first. Run from the repository's root.
 */
export function documentedQueries(service: string, rows: readonly QueryRow[]): { documented: string | undefined; seen: string } {
  const seen = renderQueries(service, rows);
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  if (process.env['HECTO_WRITE_DOCS'] === undefined) return { documented: queriesOf(page, service), seen };
  writeFileSync(PAGE, withQueries(page, service, seen));
  return { documented: seen, seen };
}
