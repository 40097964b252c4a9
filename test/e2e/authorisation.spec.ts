import { readFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { REQUEST_FRAMES } from '#contracts';
import { CALLERS, type CallerName, type Outcome, type Outcomes } from './authorisation/callers.js';
import { HTTP_TABLE, type HttpRow } from './authorisation/http-table.js';
import { SOCKET_TABLE, type SocketRow } from './authorisation/socket-table.js';
import { Stage } from './authorisation/stage.js';
import { gateways, type Shape } from './support/shape.js';
import { SHAPES } from './support/shapes.js';
import { Socket } from './support/socket.js';

const LIMIT_MS = 60_000;
const AT_A_TIME = 4;

describe('the tables of who may do what', () => {
  it('have a row for every route of the API', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...new Set(HTTP_TABLE.map(({ call }) => call.replace(/ \(.*/, '')))].sort()).toEqual(routes.sort());
  });

  it('have a row for every frame of the WebSocket', () => {
    expect([...new Set(SOCKET_TABLE.map(({ call }) => call))].sort()).toEqual(Object.keys(REQUEST_FRAMES).sort());
  });
});

describe.each(SHAPES)('who may do what, $name', (shape) => {
  let common: Stage;

  beforeAll(async () => {
    common = await Stage.set(shape);
  }, LIMIT_MS);

  /** Whoever is refused leaves the stage as it was. */
  const stageFor = ({ spoils }: HttpRow, expected: Outcome) => (spoils && typeof expected === 'number' ? Stage.set(shape) : common);

  it.each(HTTP_TABLE.map((row) => [row.call, row] as const))(
    '%s',
    async (_, row) => {
      const answered = await outcomesOf(row.outcomes, async (caller, expected) => call(row, await stageFor(row, expected), caller));
      expect(answered).toEqual(row.outcomes);
    },
    LIMIT_MS,
  );

  it.each(SOCKET_TABLE.map((row) => [[row.call, row.about].filter(Boolean).join(' '), row] as const))(
    'a socket’s %s',
    async (_, row) => {
      const answered = await outcomesOf(row.outcomes, (caller) => ask(shape, row, common, caller));
      expect(answered).toEqual(row.outcomes);
    },
    LIMIT_MS,
  );
});

async function outcomesOf(expected: Outcomes, outcome: (caller: CallerName, expected: Outcome) => Promise<Outcome>): Promise<object> {
  const cell = async (caller: CallerName) =>
    [caller, expected[caller] === undefined ? undefined : await outcome(caller, expected[caller])] as const;
  const slots = pLimit(AT_A_TIME);
  return Object.fromEntries(await Promise.all(CALLERS.map((caller) => slots(() => cell(caller)))));
}

async function call(row: HttpRow, stage: Stage, caller: CallerName): Promise<Outcome> {
  const { path, body } = await row.request(stage);
  const [method = ''] = row.call.split(' ');
  const answer = await (await stage.api(caller)).call(method, path, body);
  return answer.status < 400 ? answer.status : `${answer.status} ${String(answer.body.code)}`;
}

async function ask(shape: Shape, row: SocketRow, stage: Stage, caller: CallerName): Promise<Outcome> {
  const token = await stage.token(caller);
  const data = await row.data(stage, token);
  const socket = await Socket.open(gateways(shape)[0]);
  try {
    const connected = row.call === 'connect' || token === undefined ? undefined : await socket.request('connect', { token });
    const answer = connected?.type === 'error' ? connected : await socket.request(row.call, data);
    return answer.type === 'ok' ? 'ok' : (answer.error.code as string);
  } finally {
    socket.close();
  }
}
