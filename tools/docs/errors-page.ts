import { ERRORS, type ErrorSpec } from '#contracts';

/** docs/errors.md: every code with its status and what to do. The `type` of a problem links to a heading here. */
export function renderErrorsPage(): string {
  const entries = Object.entries(ERRORS as Record<string, ErrorSpec>);
  return [
    '# Errors',
    '',
    'On HTTP an error is `application/problem+json` (RFC 9457), on the WebSocket an `error` frame; the `code` is the same, and a code never',
    'changes its status. `retryable` says whether the same call, repeated unchanged and with the same ids, may succeed; `retryAfterMs` (on',
    'HTTP: `Retry-After`) says when. Codes may be added: treat one that you do not know by its status. This page is generated from',
    '`libs/contracts/src/errors.ts`.',
    '',
    '| code | status | retryable |',
    '| --- | --- | --- |',
    ...entries.map(([code, { status, retryable }]) => `| [${code}](#${code}) | ${status} | ${retryable ? 'yes' : 'no'} |`),
    '',
    ...entries.flatMap(([code, { status, title, about }]) => [`## ${code}`, '', `${status} ${title}. ${about}`, '']),
  ].join('\n');
}
