import { waitFor } from '#testing';
import { Api } from './support/api.js';
import { expectStatus, newName, person, tokenOf } from './support/people.js';
import { gateways } from './support/shape.js';
import { SHAPES } from './support/shapes.js';

describe.each(SHAPES)('sessions, $name', (shape) => {
  const [first, second] = gateways(shape);

  async function registered(): Promise<{
    userId: string;
    logIn: (deviceId?: string) => Promise<{ accessToken: string; refreshToken: string }>;
  }> {
    const userId = newName();
    await expectStatus(new Api(first).post('/v1/users', { userId, email: `${userId}@Example.com`, password: 'correct horse' }), 201);
    const logIn = async (deviceId = 'phone') => {
      const session = { login: `${userId}@example.com`, password: 'correct horse', deviceId, platform: 'ios' };
      return (await expectStatus(new Api(first).post('/v1/sessions', session), 201)).body as { accessToken: string; refreshToken: string };
    };
    return { userId, logIn };
  }

  it('logs in by e-mail, refreshes once per token, and refuses a wrong password as it refuses an unknown user', async () => {
    const { logIn, userId } = await registered();
    const tokens = await logIn();
    const api = new Api(second);
    const renewed = await expectStatus(api.post('/v1/sessions/refresh', { refreshToken: tokens.refreshToken }), 200);
    expect(renewed.body.refreshToken).not.toBe(tokens.refreshToken);
    expect((await new Api(second, renewed.body.accessToken as string).get('/v1/me')).body).toMatchObject({ userId });
    const wrong = { password: 'wrong horse', deviceId: 'd', platform: 'web' };
    const [one, other] = [
      await api.post('/v1/sessions', { login: userId, ...wrong }),
      await api.post('/v1/sessions', { login: newName(), ...wrong }),
    ];
    expect([one.status, one.body.code, other.status, other.body.code]).toEqual([401, 'wrong_credentials', 401, 'wrong_credentials']);
  });

  it('ends a session at every gateway within a second, and its sockets with it', async () => {
    const { logIn } = await registered();
    const [phone, laptop] = [await logIn('phone'), await logIn('laptop')];
    const someone = await person(shape, 1);
    const { Socket } = await import('./support/socket.js');
    const socket = await Socket.connect(second, phone.accessToken);
    await expectStatus(new Api(first, laptop.accessToken).delete('/v1/me/devices/phone'), 204);
    for (const url of [first, second]) {
      const refused = async () => (await new Api(url, phone.accessToken).get('/v1/me')).body.code === 'token_revoked';
      await waitFor(refused, { withinMs: 1000, what: `the token to be refused at ${url}`, everyMs: 50 });
    }
    await waitFor(() => socket.closed, { withinMs: 1000, what: 'the socket to be closed' });
    expect(socket.closed?.code).toBeGreaterThanOrEqual(4500);
    expect((await new Api(first, laptop.accessToken).get('/v1/me')).status).toBe(200);
    expect((await new Api(first).post('/v1/sessions/refresh', { refreshToken: phone.refreshToken })).status).toBe(401);
    expect(someone.userId).toBeDefined();
  });

  it('lets a backend mint tokens, and nobody else', async () => {
    const someone = await person(shape);
    expect(await tokenOf(shape, someone.userId, 'tablet')).toMatch(/^ey/);
    const refused = await someone.api.post(`/v1/users/${someone.userId}/tokens`, { deviceId: 'x', platform: 'web' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('shows a changed profile with the next message', async () => {
    const [alice, bob] = [await person(shape), await person(shape, 1)];
    const socket = await bob.socket();
    await expectStatus(alice.api.patch('/v1/me', { nickname: 'Alice the First', avatar: 'https://example.com/a.png' }), 200);
    let n = 0;
    const shown = async () => {
      const clientMsgId = `p${(n += 1)}`;
      await alice.api.post('/v1/messages', { to: { userId: bob.userId }, clientMsgId, type: 'text', content: {} });
      return ((await socket.received(clientMsgId)) as { senderNickname: string }).senderNickname === 'Alice the First';
    };
    await waitFor(shown, { withinMs: 5000, what: 'her new nickname', everyMs: 200 });
    const cards = await bob.api.get(`/v1/users?ids=${alice.userId},nobody-here`);
    expect(cards.body.items).toMatchObject([{ userId: alice.userId, nickname: 'Alice the First' }]);
    socket.close();
  });
});
