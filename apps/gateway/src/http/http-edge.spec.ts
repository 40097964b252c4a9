import { LIMITS, problem } from '#contracts';
import { account, sent, tokens } from '../contract/examples.suite.js';
import { profilesOf } from '../testing/people.suite.js';
import { accessToken, API_KEY, TestGateway, type TokenOptions } from '../testing/test-gateway.suite.js';

const MESSAGE = { clientMsgId: 'c1', type: 'text', content: {}, to: { userId: 'bob' } };
const JSON_TYPE = { 'content-type': 'application/json' };

let gateway: TestGateway;
let authorization: string;

beforeAll(async () => {
  gateway = await TestGateway.start();
  authorization = `Bearer ${await accessToken('alice')}`;
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.bus.reset();
  gateway.bus.answers({ 'user.get-profiles': profilesOf('alice', 'bob'), 'user.get-account': account, 'message.send': sent });
});

const post = (payload: string | Buffer, headers: Record<string, string> = JSON_TYPE) =>
  gateway.app.inject({ method: 'POST', url: '/v1/messages', payload, headers: { authorization, ...headers } });
const me = (headers: Record<string, string>) => gateway.app.inject({ url: '/v1/me', headers });

describe('a body', () => {
  it.each([
    ['cut off', '{"a":', 'malformed_json', 400],
    ['of bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'malformed_json', 400],
    ['with __proto__ in the content', JSON.stringify(MESSAGE).replace('{}', '{"__proto__":{}}'), 'invalid_request', 400],
    ['with half a surrogate pair', JSON.stringify(MESSAGE).replace('{}', '"\\ud83d"'), 'invalid_request', 400],
    ['nested too deep', JSON.stringify(MESSAGE).replace('{}', '['.repeat(33) + ']'.repeat(33)), 'invalid_request', 400],
    ['that is a list', '[]', 'invalid_request', 400],
    ['that is empty', '', 'invalid_request', 400],
    ['over the limit', JSON.stringify({ x: 'x'.repeat(LIMITS.maxFrameBytes) }), 'payload_too_large', 413],
  ])('%s is refused', async (_, payload, code, status) => {
    const answer = await post(payload);
    expect({ ...answer.json<object>() }).toMatchObject({ code, status });
    expect(answer.statusCode).toBe(status);
    expect(gateway.bus.commands).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/merge-patch+json', 'nonsense'])(
    'as %s is refused',
    async (type) => {
      const answer = await post('{}', { 'content-type': type });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('may say its charset', async () => {
    expect((await post(JSON.stringify(MESSAGE), { 'content-type': 'application/json; charset=utf-8' })).statusCode).toBe(201);
  });

  it('may be missing where nothing is to be said, whatever its type is said to be', async () => {
    gateway.bus.answers({ 'group.leave': {} });
    const leave = async (headers: Record<string, string>) =>
      gateway.app.inject({ method: 'POST', url: '/v1/groups/g1/leave', headers: { authorization, ...headers } });
    expect((await leave({})).statusCode).toBe(204);
    expect((await leave({ ...JSON_TYPE, 'content-length': '0' })).statusCode).toBe(204);
  });

  it('may hold any content, also what looks like the inside of JavaScript', async () => {
    const content = { constructor: { name: 'x' }, hasOwnProperty: 1, toString: [], then: null };
    await post(JSON.stringify({ ...MESSAGE, content }));
    expect(gateway.bus.commands[0]?.command.payload).toMatchObject({ content: JSON.stringify(content) });
  });
});

describe('a caller', () => {
  const forged: [string, TokenOptions, string][] = [
    ['expired', { expiresInS: -1 }, 'token_expired'],
    ['forged', { secret: 'f'.repeat(40) }, 'invalid_token'],
    ['signed by an unknown key', { kid: 'k9' }, 'invalid_token'],
  ];

  it.each(forged)('with a token that is %s is refused', async (_, options, code) => {
    const answer = await me({ authorization: `Bearer ${await accessToken('alice', options)}` });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, code]);
    expect(answer.headers['www-authenticate']).toBe(`Bearer error="${code}"`);
  });

  it('without a token, or with one in the URL, is refused', async () => {
    expect((await me({})).json()).toMatchObject({ code: 'unauthenticated' });
    const token = authorization.slice('Bearer '.length);
    expect((await gateway.app.inject({ url: `/v1/me?access_token=${token}` })).json()).toMatchObject({ code: 'unauthenticated' });
  });

  it('is refused from the moment that his session is logged out', async () => {
    const headers = { authorization: `Bearer ${await accessToken('alice', { sessionId: 'gone' })}` };
    expect((await me(headers)).statusCode).toBe(200);
    gateway.revoke('gone');
    expect((await me(headers)).json()).toMatchObject({ code: 'token_revoked' });
  });

  it('with a wrong API key is refused', async () => {
    expect((await me({ authorization: `Bearer ${API_KEY}x` })).json()).toMatchObject({ code: 'invalid_token' });
  });

  it.each(['a b', '', 'x'.repeat(65)])('of a backend that acts for %j is refused', async (user) => {
    const answer = await me({ authorization: `Bearer ${API_KEY}`, 'hecto-user': user });
    expect(answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/Hecto-User' }] });
  });

  it('can act for another only as a backend', async () => {
    expect((await me({ authorization, 'hecto-user': 'bob' })).json()).toMatchObject({ code: 'forbidden' });
    expect((await me({ authorization, 'hecto-user': 'alice' })).statusCode).toBe(200);
  });
});

describe('a path', () => {
  it('that there is not is not found', async () => {
    const answer = await gateway.app.inject({ url: '/v1/nothing' });
    expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([404, 'there is no /v1/nothing']);
  });

  it('says which methods it has', async () => {
    const answer = await gateway.app.inject({ method: 'DELETE', url: '/v1/users/alice' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'PUT, GET, HEAD']);
    expect(answer.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it.each(['/v1/users/%zz', `/v1/users/${'x'.repeat(600)}`, '/v1/users/%00', '/v1/users/a%2Fb', '/v1/users/%ED%A0%80'])(
    'like %s is refused',
    async (url) => {
      const answer = await gateway.app.inject({ url, headers: { authorization } });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ code: 'invalid_request', requestId: answer.headers['request-id'] });
    },
  );

  it('takes the longest conversation id there is', async () => {
    const id = `si_${'~1'.repeat(63)}a_${'~1'.repeat(64)}`;
    gateway.bus.answers({ 'conversation.get': () => Promise.reject(problem('conversation_not_found', 'x')) });
    expect((await gateway.app.inject({ url: `/v1/me/conversations/${id}`, headers: { authorization } })).statusCode).toBe(404);
  });
});

describe('every answer', () => {
  it('has the id of its request, the one sent or a new one', async () => {
    expect((await me({ authorization, 'request-id': 'abc-1' })).headers['request-id']).toBe('abc-1');
    expect((await me({ authorization, 'request-id': 'a b' })).headers['request-id']).toMatch(/^[0-9A-Z]{26}$/);
    expect((await me({ 'request-id': 'abc-2' })).json()).toMatchObject({ requestId: 'abc-2' });
  });

  it('is kept by no cache', async () => {
    expect((await me({ authorization })).headers['cache-control']).toBe('no-store');
  });

  it('shows the limit that the call counted against', async () => {
    const { headers } = await me({ authorization });
    expect(headers['ratelimit-policy']).toBe('"request";q=10000;w=10');
    expect(headers['ratelimit']).toMatch(/^"request";r=\d+;t=\d+$/);
    expect((await post(JSON.stringify(MESSAGE))).headers['ratelimit-policy']).toMatch(/^"send"/);
  });

  it('works for the request in its context', async () => {
    let traced: unknown;
    const { currentContext } = await import('#observability');
    gateway.bus.answers({ 'user.get-account': () => ((traced = currentContext()), account) });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await me({ authorization, traceparent, 'request-id': 'abc-3' });
    expect(traced).toEqual({ requestId: 'abc-3', traceparent });
  });

  it('hides the inside of a fault', async () => {
    gateway.bus.answers({ 'user.get-account': () => Promise.reject(new Error('secret')) });
    const answer = await me({ authorization });
    expect([answer.statusCode, answer.json<{ code: string }>().code, answer.body.includes('secret')]).toEqual([500, 'internal', false]);
  });

  it('says when to come again while a service is away', async () => {
    gateway.bus.answers({ 'user.get-account': () => Promise.reject(problem('unavailable', 'away', { retryAfterMs: 2500 })) });
    const answer = await me({ authorization });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '3']);
    expect(answer.json()).toMatchObject({ retryable: true, retryAfterMs: 2500 });
  });
});

describe('a browser', () => {
  const preflight = (origin: string) =>
    gateway.app.inject({ method: 'OPTIONS', url: '/v1/me', headers: { origin, 'access-control-request-method': 'PATCH' } });

  it('may call from an origin that is configured', async () => {
    const answer = await preflight('https://chat.test');
    expect(answer.headers['access-control-allow-origin']).toBe('https://chat.test');
    expect(answer.headers['access-control-allow-methods']).toContain('PATCH');
    expect((await me({ authorization, origin: 'https://chat.test' })).headers['access-control-expose-headers']).toContain('Request-Id');
  });

  it('may not from any other', async () => {
    expect((await preflight('https://evil.test')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('documents', () => {
  it.each(['/openapi.json', '/asyncapi.json'])('%s is served', async (url) => {
    const answer = await gateway.app.inject({ url });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    expect(answer.json()).toHaveProperty('info.version');
  });

  it('/docs shows them to people', async () => {
    expect((await gateway.app.inject({ url: '/docs' })).body).toContain('<title>Hecto API</title>');
    expect((await gateway.app.inject({ url: '/docs/swagger-ui.css' })).statusCode).toBe(200);
  });
});

describe('limits', () => {
  const small = { perSecond: 1, burst: 2 };
  const quota = { limit: 2, windowMs: 60_000 };
  let limited: TestGateway;

  beforeAll(async () => {
    const quotas = {
      registrationQuota: quota,
      loginAccountQuota: quota,
      loginAddressQuota: { ...quota, limit: 3 },
      refreshAddressQuota: quota,
    };
    limited = await TestGateway.start({ sendRate: small, ...quotas });
    limited.bus.answers({
      'user.get-profiles': profilesOf('alice', 'bob'),
      'message.send': sent,
      'user.register': account,
      'user.log-in': tokens,
      'user.refresh-tokens': tokens,
    });
  });
  afterAll(() => limited.close());

  const call = async (url: string, payload: object, headers: Record<string, string> = {}) =>
    limited.app.inject({ method: 'POST', url, payload, headers });

  it('refuse a user who sends too fast, and say when to go on', async () => {
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await call('/v1/messages', MESSAGE, { authorization }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 429]);
    expect(answers[2]?.json()).toMatchObject({ code: 'too_many_requests', retryable: true, retryAfterMs: expect.any(Number) });
    expect(answers[2]?.headers).toMatchObject({ 'retry-after': '1', ratelimit: '"send";r=0;t=2' });
  });

  it('let a backend send as fast as it likes', async () => {
    const body = { ...MESSAGE, senderId: 'alice' };
    for (let n = 0; n < 5; n += 1) expect((await call('/v1/messages', body, { authorization: `Bearer ${API_KEY}` })).statusCode).toBe(201);
  });

  it('refuse an address that registers too many users, but no backend', async () => {
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await call('/v1/users', {})).statusCode);
    expect(statuses).toEqual([201, 201, 429]);
    expect((await call('/v1/users', {}, { authorization: `Bearer ${API_KEY}` })).statusCode).toBe(201);
  });

  it('refuse too many log-ins of one account, however it is written, and of one address', async () => {
    const logIn = async (login: string) =>
      (await call('/v1/sessions', { login, password: 'x', deviceId: 'd', platform: 'web' })).statusCode;
    const spellings = ['Ann@Example.com', ' ann@example.com', 'ａnn@example.com'];
    expect([await logIn(spellings[0]!), await logIn(spellings[1]!), await logIn(spellings[2]!)]).toEqual([201, 201, 429]);
    expect(await logIn('bob')).toBe(429);
  });

  it('refuse an address that tries too many refresh tokens', async () => {
    const refresh = async (refreshToken: string) => (await call('/v1/sessions/refresh', { refreshToken })).statusCode;
    expect([await refresh('one'), await refresh('two'), await refresh('three')]).toEqual([200, 200, 429]);
  });
});

describe('registration', () => {
  it('is for backends alone when it is closed', async () => {
    const closed = await TestGateway.start({ registration: 'admin' });
    closed.bus.answers({ 'user.register': account });
    const register = async (headers: Record<string, string>) =>
      closed.app.inject({ method: 'POST', url: '/v1/users', payload: {}, headers });
    expect((await register({})).json()).toMatchObject({ code: 'registration_closed' });
    expect((await register({ authorization })).json()).toMatchObject({ code: 'registration_closed' });
    expect((await register({ authorization: `Bearer ${API_KEY}` })).statusCode).toBe(201);
    await closed.close();
  });
});
