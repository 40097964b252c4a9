import { Api } from './support/api.js';
import { expectStatus, newName, text } from './support/people.js';
import { gateways } from './support/shape.js';
import { SHAPES } from './support/shapes.js';
import { Socket } from './support/socket.js';

describe.each(SHAPES)('the first five minutes, $name', (shape) => {
  const [first, second] = gateways(shape);
  const anonymous = new Api(first);

  it('registers two users, opens two sockets, sends, receives, and reads the history', async () => {
    const [alice, bob] = [newName('alice'), newName('bob')];
    const tokens: string[] = [];
    for (const userId of [alice, bob]) {
      const registered = await expectStatus(anonymous.post('/v1/users', { userId, password: 'correct horse', nickname: userId }), 201);
      expect(registered.headers.get('location')).toBe(`/v1/users/${userId}`);
      const session = { login: userId, password: 'correct horse', deviceId: 'laptop', platform: 'web' };
      tokens.push((await expectStatus(anonymous.post('/v1/sessions', session), 201)).body.accessToken as string);
    }
    const [hers, his] = [await Socket.connect(first, tokens[0]!), await Socket.connect(second, tokens[1]!)];
    const answer = await hers.request('send', { to: { userId: bob }, ...text('hi-1') });
    expect(answer).toMatchObject({ type: 'ok', data: { seq: 1, conversationId: `si_${[alice, bob].sort().join('_')}` } });
    expect(await his.received('hi-1')).toMatchObject({ seq: 1, senderId: alice, senderNickname: alice, content: { text: 'hello' } });

    const path = `/v1/conversations/${answer.data.conversationId as string}/messages`;
    const again = await new Api(first, tokens[0]).post(path, text('hi-1'));
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toMatchObject({ seq: 1, messageId: answer.data.messageId });
    const history = await new Api(second, tokens[1]).get(path);
    expect(history.body).toMatchObject({ items: [{ seq: 1, clientMsgId: 'hi-1' }], minSeq: 1, maxSeq: 1, complete: true });
    hers.close();
    his.close();
  });

  it('says what it is, how it is, and what it can do', async () => {
    expect((await anonymous.get('/v1/server')).body).toMatchObject({ apiVersions: ['v1'], limits: { maxContentBytes: 65536 } });
    expect((await anonymous.get('/health/ready')).status).toBe(200);
    expect((await anonymous.get('/openapi.json')).body.openapi).toMatch(/^3\./);
    expect((await anonymous.get('/asyncapi.json')).body.asyncapi).toMatch(/^3\./);
    expect((await anonymous.get('/docs')).status).toBe(200);
  });

  it('follows a request by its id through its errors', async () => {
    const answer = await anonymous.call('GET', '/v1/me', undefined, { 'request-id': 'follow-me-1' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('request-id')).toBe('follow-me-1');
    expect(answer.body).toMatchObject({ code: 'unauthenticated', requestId: 'follow-me-1', retryable: false });
  });
});
