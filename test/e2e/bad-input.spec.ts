import { Api } from './support/api.js';
import { group, newName, person, text } from './support/people.js';
import { backend, gateways } from './support/shape.js';
import { SHAPES } from './support/shapes.js';
import { Socket } from './support/socket.js';

describe.each(SHAPES)('bad input, $name', (shape) => {
  const [url] = gateways(shape);
  const deep = JSON.parse('['.repeat(40) + ']'.repeat(40)) as unknown;
  const message = (more: object) => ({ to: { userId: 'nobody' }, ...text('bad-1'), ...more });

  it('refuses each wrong request by its code, and changes nothing', async () => {
    const [alice, bob] = [await person(shape), await person(shape)];
    const { groupId, conversationId } = await group([bob]);
    const history = `/v1/conversations/${conversationId}/messages`;
    const wrong: [string, Promise<{ status: number; body: { code: string } }>, number, string][] = [
      ['malformed JSON', alice.api.post('/v1/messages', '{"to":'), 400, 'malformed_json'],
      ['an unknown field', alice.api.post('/v1/messages', message({ colour: 'red' })), 400, 'invalid_request'],
      ['deep nesting', alice.api.post('/v1/messages', message({ content: deep })), 400, 'invalid_request'],
      [
        '__proto__',
        alice.api.post('/v1/messages', '{"to":{"userId":"x"},"clientMsgId":"1","type":"text","content":{"__proto__":{}}}'),
        400,
        'invalid_request',
      ],
      [
        'a lone surrogate',
        alice.api.post('/v1/messages', '{"to":{"userId":"x"},"clientMsgId":"1","type":"text","content":"\\ud800"}'),
        400,
        'invalid_request',
      ],
      ['oversize content', alice.api.post('/v1/messages', message({ content: 'x'.repeat(70_000) })), 413, 'payload_too_large'],
      ['an unknown user', alice.api.post('/v1/messages', message({ to: { userId: newName() } })), 404, 'user_not_found'],
      ['an unknown group', alice.api.post('/v1/messages', message({ to: { groupId: newName('g') } })), 404, 'group_not_found'],
      ['a group one is no member of', alice.api.post('/v1/messages', message({ to: { groupId } })), 403, 'not_a_member'],
      ['illegal characters in an id', alice.api.post('/v1/messages', message({ to: { userId: 'a/b' } })), 400, 'invalid_request'],
      ['a conversation id that is none', alice.api.get('/v1/conversations/xx_1/messages'), 400, 'invalid_request'],
      ['a stranger’s history', alice.api.get(history), 403, 'not_a_member'],
      ['a negative seq', bob.api.get(`${history}?afterSeq=-1`), 400, 'invalid_request'],
      ['a fractional seq', bob.api.get(`${history}?afterSeq=1.5`), 400, 'invalid_request'],
      ['a cursor beyond the end', bob.api.put(`/v1/conversations/${conversationId}/read-cursor`, { seq: 9 }), 403, 'outside_window'],
      [
        'a wrong media type',
        alice.api.call('POST', '/v1/messages', 'x=1', { 'content-type': 'text/plain' }),
        415,
        'unsupported_media_type',
      ],
      ['no token', new Api(url).get('/v1/me'), 401, 'unauthenticated'],
      ['a forged token', new Api(url, `${alice.token.slice(0, -6)}AAAAAA`).get('/v1/me'), 401, 'invalid_token'],
      ['a wrong API key', new Api(url, `hk_${'x'.repeat(40)}`).get(`/v1/users/${alice.userId}`), 401, 'invalid_token'],
      ['an unknown route', alice.api.get('/v1/nowhere'), 404, 'not_found'],
      ['a wrong method', alice.api.delete('/v1/messages'), 405, 'method_not_allowed'],
      ['a list cursor that is none', bob.api.get(`/v1/groups/${groupId}/members?cursor=zzz`), 400, 'invalid_cursor'],
    ];
    for (const [what, call, status, code] of wrong) {
      const answer = await call;
      expect([what, answer.status, answer.body.code]).toEqual([what, status, code]);
      expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String), requestId: expect.any(String) });
    }
    expect((await alice.api.get('/v1/me/conversations')).body.items).toEqual([]);
    expect((await bob.api.get(history)).body.items).toEqual([]);
  });

  it('keeps the socket open through a client’s mistakes, and closes it for none of them', async () => {
    const alice = await person(shape);
    const socket = await alice.socket();
    socket.raw('not json');
    socket.raw('{"type":"dance","id":900,"data":{}}');
    expect((await socket.answer(900)).error).toMatchObject({ code: 'unknown_frame_type', retryable: false });
    const unknownField = await socket.request('send', message({ colour: 'red' }));
    expect(unknownField.error).toMatchObject({ code: 'invalid_request' });
    expect((await socket.request('send', message({ to: { userId: newName() } }))).error.code).toBe('user_not_found');
    expect((await socket.request('history', { conversationId: 'sg_nowhere', afterSeq: -1 })).error.code).toBe('invalid_request');
    const many = Array.from({ length: 200 }, (_, i) => socket.start('send', { to: { userId: alice.userId }, ...text(`burst-${i}`) }));
    const codes = (await Promise.all(many.map((id) => socket.answer(id)))).map(({ type, error }) =>
      type === 'ok' ? 'ok' : (error.code as string),
    );
    expect(new Set(codes)).toEqual(new Set(['ok', 'too_many_in_flight']));
    expect((await socket.request('ping', {})).type).toBe('ok');
    expect(socket.closed).toBeUndefined();
    expect(socket.frames.some(({ error }) => error?.code === 'malformed_json')).toBe(true);
    socket.close();
  });

  it('closes a socket with a bad token, and one with an oversize frame, saying why', async () => {
    const bad = await Socket.open(url);
    bad.start('connect', { token: 'no-token' });
    expect((await bad.pushed('closing')).data).toMatchObject({ code: 4500, reconnectAfterMs: null });
    const large = await (await person(shape)).socket();
    large.raw('x'.repeat(600 * 1024));
    await large.pushed('closing').catch(() => undefined);
    expect(large.frames.at(-1)?.data).toMatchObject({ code: 4503 });
  });

  it('lets a backend act for a user, and no user for another', async () => {
    const [alice, bob] = [await person(shape), await person(shape)];
    expect((await backend(shape).as(alice.userId).get('/v1/me')).body).toMatchObject({ userId: alice.userId });
    const forged = await alice.api.call('GET', '/v1/me', undefined, { 'hecto-user': bob.userId });
    expect(forged).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const asBob = await alice.api.post('/v1/messages', { ...message({ to: { userId: alice.userId } }), senderId: bob.userId });
    expect(asBob).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});
