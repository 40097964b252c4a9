import { readFileSync } from 'node:fs';
import { ERRORS } from '#contracts';
import { profilesOf } from '../testing/people.suite.js';
import { accessToken, API_KEY, TestGateway } from '../testing/test-gateway.suite.js';
import { GROUP_CASES } from './group-cases.suite.js';
import { READ_CASES, SEND_CASES } from './message-cases.suite.js';
import type { Request, RouteCase } from './route-case.suite.js';
import { SERVER_CASES } from './server-cases.suite.js';
import { USER_CASES } from './user-cases.suite.js';

const CASES = [...USER_CASES, ...GROUP_CASES, ...SEND_CASES, ...READ_CASES, ...SERVER_CASES];

interface Document {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { examples?: object }> }>; requestBody?: object }>
  >;
}
const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;
const OPERATIONS = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, ...operation })),
);

let gateway: TestGateway;
let aliceToken: string;

beforeAll(async () => {
  gateway = await TestGateway.start();
  aliceToken = await accessToken('alice');
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.bus.reset();
  gateway.bus.answers({ 'user.get-profiles': profilesOf('alice', 'bob') });
});

function credentials(as: Request['as'] = 'alice'): Record<string, string> {
  switch (as) {
    case 'alice':
      return { authorization: `Bearer ${aliceToken}` };
    case 'backend':
      return { authorization: `Bearer ${API_KEY}` };
    case 'backend for alice':
      return { authorization: `Bearer ${API_KEY}`, 'hecto-user': 'alice' };
    case 'nobody':
      return {};
  }
}

async function send({ method, url, as, body, headers }: Request) {
  const json = body === undefined ? {} : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return gateway.app.inject({ method, url, ...json, headers: { ...json.headers, ...credentials(as), ...headers } });
}

describe.each(CASES.map((routeCase) => [routeCase.route, routeCase.name, routeCase] as const))('%s', (_, name, routeCase: RouteCase) => {
  it(name, async () => {
    gateway.bus.answers(routeCase.bus ?? {});
    const { expected } = routeCase;
    const answer = await send(routeCase.request);
    if ('error' in expected) {
      const { status } = ERRORS[expected.error];
      const body = answer.json<{ code: string; errors?: { pointer: string }[] }>();
      expect({ status: answer.statusCode, ...body }).toMatchObject({ status, code: expected.error });
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      if (expected.pointer !== undefined) expect(body.errors?.map(({ pointer }) => pointer)).toEqual([expected.pointer]);
    } else {
      expect({ status: answer.statusCode, body: answer.body ? answer.json<unknown>() : undefined }).toEqual({
        status: expected.status,
        body: expected.body ?? (answer.body ? expect.anything() : undefined),
      });
      for (const [header, value] of Object.entries(expected.headers ?? {})) expect(answer.headers[header]).toEqual(value);
    }
    if (routeCase.asks) expect(gateway.bus.asked).toContainEqual(expect.objectContaining(routeCase.asks));
  });
});

describe('the contract', () => {
  it.each(OPERATIONS.map(({ route }) => route))('has a right and a wrong call of %s', (route) => {
    const ofRoute = CASES.filter((routeCase) => routeCase.route === route);
    expect(ofRoute.some(({ expected }) => 'status' in expected)).toBe(true);
    expect(ofRoute.some(({ expected }) => 'error' in expected)).toBe(true);
  });

  it('describes every error that a case meets', () => {
    const undescribed = CASES.filter(({ route, expected }) => {
      if (!('error' in expected) || expected.error === 'method_not_allowed') return false;
      const operation = OPERATIONS.find((candidate) => candidate.route === route);
      const { status } = ERRORS[expected.error];
      return !(expected.error in (operation?.responses[String(status)]?.content?.['application/problem+json']?.examples ?? {}));
    });
    expect(undescribed.map(({ route, expected }) => ({ route, expected }))).toEqual([]);
  });

  it('knows no case of a route that is not there', () => {
    const routes = OPERATIONS.map(({ route }) => route);
    expect(CASES.filter(({ route }) => !routes.includes(route))).toEqual([]);
  });
});
