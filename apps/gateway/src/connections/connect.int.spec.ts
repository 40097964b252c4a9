import { CLOSE_CODES } from '#contracts';
import { waitFor } from '#testing';
import { WebSocket } from 'ws';
import { API_KEY, TestEdge } from './testing/test-edge.suite.js';

describe('a socket', () => {
  let test: TestEdge;

  beforeEach(async () => {
    test = await TestEdge.start();
  });
  afterEach(() => test.stop());

  it('negotiates the subprotocol, and does without one', async () => {
    expect((await test.open(['hecto.v1.json'])).ws.protocol).toBe('hecto.v1.json');
    expect((await test.open(['other', 'hecto.v1.json'])).ws.protocol).toBe('hecto.v1.json');
    expect((await test.open([])).ws.protocol).toBe('');
  });

  it('is opened at /v1/ws alone', async () => {
    const ws = new WebSocket(test.url.replace('/v1/ws', '/v1/other'));
    const error = await new Promise<Error>((resolve) => ws.once('error', resolve));
    expect(error.message).toContain('404');
  });

  it('answers connect with who it is and what holds', async () => {
    const client = await test.open();
    const answer = await client.ok('connect', { token: await test.token('alice'), client: { name: 'test', version: '1' } });
    expect(answer).toMatchObject({
      sessionId: 's-alice-phone',
      userId: 'alice',
      pingIntervalMs: 25_000,
      limits: { maxInFlight: 64, maxFrameBytes: 524_288 },
      resumed: false,
      complete: false,
      moved: [],
    });
    expect(Date.parse(answer['serverTime'] as string)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('refuses everything before connect, and stays', async () => {
    const client = await test.open();
    expect(await client.refused('ping')).toBe('unauthenticated');
    expect(await client.refused('connect', {})).toBe('invalid_request');
    expect(await client.refused('connect', { token: await test.token('alice'), deviceId: 'other' })).toBe('invalid_request');
    await client.ok('connect', { token: await test.token('alice'), deviceId: 'phone' });
  });

  it.each([
    ['malformed', () => Promise.resolve('nonsense'), 'invalid_token', 'bad_token'],
    ['empty', () => Promise.resolve(''), 'unauthenticated', 'bad_token'],
    ['forged', () => test.token('alice', { secret: 'another secret that is long enough too' }), 'invalid_token', 'bad_token'],
    ['expired', () => test.token('alice', { livesMs: -1000 }), 'token_expired', 'token_expired'],
    ['an unknown API key', () => Promise.resolve(`hk_${'x'.repeat(40)}`), 'invalid_token', 'bad_token'],
  ] as const)('is closed when its token is %s', async (_, token, code, reason) => {
    const client = await test.open();
    expect(await client.refused('connect', { token: await token() })).toBe(code);
    expect(await client.whenClosed()).toEqual({ code: CLOSE_CODES[reason].code, reason });
    expect(client.pushes('closing')).toEqual([expect.objectContaining({ code: CLOSE_CODES[reason].code, reason })]);
  });

  it('is closed when the session of its token was revoked before', async () => {
    test.endSession('s-alice-phone', 'logout');
    const client = await test.open();
    expect(await client.refused('connect', { token: await test.token('alice') })).toBe('token_revoked');
    expect((await client.whenClosed()).code).toBe(4500);
  });

  it.each([
    ['logout', 4500],
    ['replaced', 4501],
  ] as const)('is closed at once when its session ends by %s, and others are not', async (reason, code) => {
    const [phone, tablet] = [await test.connect('alice'), await test.connect('alice', { deviceId: 'tablet' })];
    test.endSession('s-alice-phone', reason);
    expect((await phone.whenClosed()).code).toBe(code);
    expect(phone.pushes('closing')).toEqual([expect.objectContaining({ code, reconnectAfterMs: null })]);
    await tablet.ok('ping');
  });

  it('is not let in when its session ends while it connects', async () => {
    test.services.before = (type) => {
      if (type === 'message.list-windows') test.endSession('s-alice-phone', 'logout');
    };
    const client = await test.open();
    expect(await client.refused('connect', { token: await test.token('alice') })).toBe('token_revoked');
  });

  it('may try again when the message service was away', async () => {
    let away = true;
    test.services.before = (type) => {
      if (type === 'message.list-windows' && away) throw Object.assign(new Error(), { code: 'unavailable', detail: 'away' });
    };
    const client = await test.open();
    expect(await client.refused('connect', { token: await test.token('alice') })).toBe('unavailable');
    away = false;
    await client.ok('connect', { token: await test.token('alice') });
  });

  it('is closed when nothing connects in time', async () => {
    const client = await test.open();
    test.clock.aheadMs = 11_000;
    expect((await client.whenClosed()).code).toBe(4004);
  });

  it('is closed when its token expires, unless it is refreshed', async () => {
    const [lazy, keen] = [await test.connect('alice'), await test.connect('bob')];
    test.clock.aheadMs = 600_000;
    const { expiresAt } = await keen.ok('refresh', { token: await test.token('bob') });
    expect(Date.parse(expiresAt as string)).toBeGreaterThan(test.clock.now() + 890_000);
    test.clock.aheadMs = 901_000;
    // Time leaps here: whoever is silent for so long is gone too, so both speak.
    keen.post('ping');
    lazy.post('ping');
    expect((await lazy.whenClosed()).code).toBe(4003);
    await keen.ok('ping');
  });

  it('refuses to become somebody else', async () => {
    const client = await test.connect('alice');
    expect(await client.refused('refresh', { token: await test.token('bob') })).toBe('forbidden');
    expect(await client.refused('refresh', { token: await test.token('alice', { deviceId: 'tablet' }) })).toBe('forbidden');
    expect(await client.refused('refresh', { token: API_KEY })).toBe('forbidden');
    expect(await client.refused('refresh', { token: await test.token('alice', { livesMs: -1000 }) })).toBe('token_expired');
    await client.ok('ping');
  });

  it('gets pings when idle, and is given up when it answers none', async () => {
    const [alive, dead] = [await test.connect('alice'), await test.connect('bob')];
    const tickAt = (aheadMs: number) => {
      test.clock.aheadMs = aheadMs;
      test.edge.sockets.tick();
    };
    tickAt(0);
    dead.ws.pause();
    tickAt(26_000);
    await waitFor(() => alive.controlPings === 1, { withinMs: 5000, what: 'a control ping' });
    expect(alive.pushes('ping')).toHaveLength(1);
    await alive.ok('ping');
    tickAt(26_000);
    tickAt(52_000);
    await waitFor(() => alive.controlPings === 2, { withinMs: 5000, what: 'the second control ping' });
    tickAt(62_000);
    await waitFor(async () => (await test.metric('hecto_connections')).includes('} 1'), { withinMs: 5000, what: 'one socket to be left' });
    await alive.ok('ping');
  });

  it('that only listens is pinged, and lives, however much is said to it', async () => {
    const listener = await test.connect('alice');
    const speaker = await test.connect('bob');
    for (let round = 1; round <= 12; round += 1) {
      test.clock.aheadMs = round * 10_000;
      await speaker.ok('send', { to: { userId: 'alice' }, clientMsgId: `c${round}`, type: 'text', content: round });
      await listener.messages(round);
      test.edge.sockets.tick();
    }
    await listener.ok('ping');
    expect(listener.controlPings).toBeGreaterThanOrEqual(2);
    expect(listener.closed).toBeUndefined();
  });

  it('is closed with our own code when a frame is too large', async () => {
    const client = await test.connect('alice');
    client.sendText(JSON.stringify({ type: 'ping', id: 1, data: { x: 'x'.repeat(600_000) } }));
    expect(await client.whenClosed()).toEqual({ code: 4503, reason: 'protocol_error' });
    expect(await client.push('closing')).toMatchObject({ code: 4503, reconnectAfterMs: null });
  });

  it('of a backend sends as anybody, gets no pushes, and does nothing else', async () => {
    const backend = await test.open();
    expect(await backend.ok('connect', { token: API_KEY })).toMatchObject({ userId: null, sessionId: null });
    const bob = await test.connect('bob');
    const message = { to: { userId: 'bob' }, type: 'text', content: 1 };
    expect(await backend.refused('send', { ...message, clientMsgId: 'c1' })).toBe('invalid_request');
    expect(await backend.ok('send', { ...message, clientMsgId: 'c1', senderId: 'alice' })).toMatchObject({ seq: 1 });
    expect(await bob.push('message')).toMatchObject({ senderId: 'alice', senderPlatform: 'server' });
    expect(await backend.refused('history', { conversationId: 'si_alice_bob' })).toBe('forbidden');
    expect(await backend.refused('sync', { cursors: {} })).toBe('forbidden');
    expect(backend.frames.every(({ id }) => id !== undefined)).toBe(true);
  });

  it('counts closes by code', async () => {
    const client = await test.connect('alice');
    client.ws.close(1000);
    await client.whenClosed();
    await waitFor(async () => (await test.metric('hecto_closes_total')).includes('code="1000"'), { withinMs: 5000, what: 'the count' });
  });
});

describe('an edge that closes', () => {
  let test: TestEdge;
  afterEach(() => test.stop());

  it('sends its sockets away, answers what was asked, and takes nothing new', async () => {
    test = await TestEdge.start();
    const client = await test.connect('alice');
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    test.services.before = (type) => (type === 'message.send' ? held : undefined);
    const id = client.post('send', { to: { userId: 'bob' }, clientMsgId: 'c1', type: 'text', content: 1 });
    await waitFor(async () => (await test.log.ranges('message.send.v1')).some(({ latest }) => latest > 0), {
      withinMs: 5000,
      what: 'the append',
    });
    const closed = test.edge.sockets.close();
    expect(await client.push('closing')).toMatchObject({ code: 4001, reason: 'going_away', reconnectAfterMs: 2750 });
    await expect(test.open()).rejects.toThrow('503');
    release();
    expect(await client.answer(id)).toMatchObject({ type: 'ok', data: { seq: 1 } });
    await closed;
    expect(await client.whenClosed()).toEqual({ code: 4001, reason: 'going_away' });
  });

  it('does not wait for a client that answers nothing', async () => {
    test = await TestEdge.start();
    const client = await test.connect('alice');
    client.ws.pause();
    const began = performance.now();
    await test.edge.sockets.close();
    expect(performance.now() - began).toBeLessThan(8000);
  });
});

describe('a flooding socket', () => {
  let test: TestEdge;
  afterEach(() => test.stop());

  it('is refused with the time to wait, and closed when it goes on', async () => {
    test = await TestEdge.start({ rates: { socket: { perSecond: 1, burst: 3 } } });
    const client = await test.connect('alice');
    const ids = Array.from({ length: 4 }, () => client.post('ping'));
    const refused = await client.answer(ids[3]!);
    expect(refused.error).toMatchObject({ code: 'too_many_requests', retryable: true, retryAfterMs: expect.any(Number) as number });
    for (let i = 0; i < 300; i += 1) client.post('ping');
    expect(await client.whenClosed()).toEqual({ code: 4504, reason: 'flooding' });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no id', '{"type":"ping"}'],
    ['empty arrays', '[]'],
    ['arrays of what is no frame', JSON.stringify(Array.from({ length: 50 }, () => 7))],
  ])('of frames that are %s is closed too, before it connects', async (_, text) => {
    test = await TestEdge.start({ rates: { socket: { perSecond: 1, burst: 3 } } });
    const client = await test.open();
    expect((await client.errorAfter(text)).code).not.toBe('too_many_requests');
    for (let i = 0; i < 300; i += 1) client.sendText(text);
    expect(await client.whenClosed()).toEqual({ code: 4504, reason: 'flooding' });
    expect(client.frames.filter(({ error }) => error?.code !== 'too_many_requests' && error).length).toBeLessThan(8);
  });

  it('counts each frame of an array', async () => {
    test = await TestEdge.start({ rates: { socket: { perSecond: 1, burst: 3 } } });
    const client = await test.connect('alice');
    client.sendText(JSON.stringify(Array.from({ length: 10 }, (_, id) => ({ type: 'ping', id: `p${id}` }))));
    expect((await client.answer('p1')).type).toBe('ok');
    expect((await client.answer('p9')).error?.code).toBe('too_many_requests');
  });

  it('of a backend is not limited', async () => {
    test = await TestEdge.start({ rates: { socket: { perSecond: 1, burst: 3 } } });
    const backend = await test.open();
    await backend.ok('connect', { token: API_KEY });
    for (let i = 0; i < 20; i += 1) await backend.ok('ping');
  });

  it('is refused per user for sends, over all his sockets', async () => {
    test = await TestEdge.start({ rates: { send: { perSecond: 1, burst: 2 } } });
    const [phone, tablet] = [await test.connect('alice'), await test.connect('alice', { deviceId: 'tablet' })];
    const send = { to: { userId: 'bob' }, type: 'text', content: 1 };
    await phone.ok('send', { ...send, clientMsgId: 'c1' });
    await tablet.ok('send', { ...send, clientMsgId: 'c2' });
    expect(await phone.refused('send', { ...send, clientMsgId: 'c3' })).toBe('too_many_requests');
  });
});
