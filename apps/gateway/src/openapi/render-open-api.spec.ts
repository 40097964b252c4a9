import { readFileSync } from 'node:fs';
import { ERRORS } from '#contracts';
import { renderOpenApi } from './render-open-api.js';

interface Operation {
  summary?: string;
  requestBody?: object;
  security?: object[];
  responses: Record<string, { content?: Record<string, { examples?: Record<string, unknown> }> }>;
}

const text = readFileSync('docs/openapi.json', 'utf8');
const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
const operations = Object.values(paths).flatMap((path) => Object.values(path));

it('is what docs/openapi.json holds', async () => {
  expect(text).toBe(await renderOpenApi());
});

it('refers only to what it holds', () => {
  const document = JSON.parse(text) as Record<string, unknown>;
  const references = [...new Set([...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => path ?? ''))];
  const missing = references.filter((path) => {
    const found = path.split('/').reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], document);
    return found === undefined;
  });
  expect(references.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

it('describes every route with its success', () => {
  for (const { summary, responses } of operations) {
    expect(summary).toBeTruthy();
    expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
  }
});

it('says of every route with a body how it refuses a wrong one', () => {
  for (const { responses } of operations.filter(({ requestBody }) => requestBody)) {
    const codes = Object.keys(responses['400']?.content?.['application/problem+json']?.examples ?? {});
    expect(codes).toEqual(expect.arrayContaining(['invalid_request', 'malformed_json']));
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['413', '415']));
  }
});

it('shows each error under the status that its code has', () => {
  for (const { responses } of operations) {
    for (const [status, { content }] of Object.entries(responses)) {
      const codes = Object.keys(content?.['application/problem+json']?.examples ?? {});
      expect(codes.map((code) => ERRORS[code as keyof typeof ERRORS].status)).toEqual(codes.map(() => Number(status)));
    }
  }
});

it('asks for a token only where one is needed', () => {
  expect(operation('POST /v1/sessions').security).toBeUndefined();
  expect(operation('POST /v1/users').security).toEqual(expect.arrayContaining([{}, { bearer: [] }]));
  expect(operation('GET /v1/me').security).toEqual([{ bearer: [] }]);
});

it.each([
  ['PUT /v1/users/{userId}', ['200', '201']],
  ['POST /v1/messages', ['200', '201']],
  ['POST /v1/conversations/{conversationId}/messages', ['200', '201']],
  ['GET /v1/me', ['200', '304']],
  ['GET /v1/users/{userId}', ['200', '304']],
  ['GET /v1/groups/{groupId}', ['200', '304']],
])('says every way in which %s succeeds', (route, expected) => {
  const statuses = Object.keys(operation(route).responses);
  expect(statuses.filter((status) => Number(status) < 400)).toEqual(expected);
});

function operation(route: string): Operation {
  const [method = '', path = ''] = route.split(' ');
  return paths[path]![method.toLowerCase()]!;
}
