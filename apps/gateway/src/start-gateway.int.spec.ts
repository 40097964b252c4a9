import { CHANGE_EVENT, TOPIC, TOPICS, type UserId } from '#contracts';
import { BusClient, EmbeddedLog } from '#bus';
import { MemoryCounters } from '#cache';
import { systemClock } from '#kernel';
import { silentTelemetry } from '#observability';
import type { RunningHttpService } from '#runtime';
import { waitFor } from '#testing';
import { connect } from 'node:net';
import { OtherServices } from './connections/testing/other-services.suite.js';
import { TestClient } from './connections/testing/test-client.suite.js';
import { startGateway } from './start-gateway.js';
import { profileOf } from './testing/people.suite.js';
import { accessToken, TEST_CONFIG } from './testing/test-gateway.suite.js';

const MESSAGE = { clientMsgId: 'c1', type: 'text', content: { text: 'hi' }, to: { userId: 'bob' } };

describe('a gateway on a real log', () => {
  let log: EmbeddedLog;
  let services: OtherServices;
  let bus: BusClient;
  let gateway: RunningHttpService;
  let url: string;

  beforeAll(async () => {
    log = await EmbeddedLog.inMemory();
    await log.createTopics(TOPICS);
    services = new OtherServices(log);
    await services.start();
    bus = await BusClient.start({ log, service: 'user', instance: 'test', telemetry: silentTelemetry('user') });
    await revoke('early');
    gateway = await startGateway({
      log,
      config: TEST_CONFIG,
      counters: new MemoryCounters(),
      telemetry: silentTelemetry('gateway'),
      clock: systemClock,
    });
    url = `http://127.0.0.1:${new URL(gateway.url).port}`;
  });

  afterAll(async () => {
    await gateway.close();
    await bus.close();
    await services.stop();
    await log.close();
  });

  async function revoke(sessionId: string): Promise<void> {
    const payload = { userId: 'alice', sessionId, deviceId: 'd1', reason: 'logout', revokedAt: Date.now() };
    await bus.publish(TOPIC.sessionRevoked, [{ key: 'alice', type: CHANGE_EVENT.sessionRevoked, payload }]);
  }

  async function call(method: string, path: string, { body, sessionId = 'live' }: { body?: object; sessionId?: string } = {}) {
    const authorization = `Bearer ${await accessToken('alice', { sessionId })}`;
    const json = body ? { body: JSON.stringify(body), headers: { authorization, 'content-type': 'application/json' } } : {};
    const answer = await fetch(`${url}${path}`, { method, headers: { authorization }, ...json });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  }

  it('knows from its first request on who was logged out before it started', async () => {
    expect(await call('GET', '/v1/users/bob', { sessionId: 'early' })).toMatchObject({ status: 401, body: { code: 'token_revoked' } });
  });

  it('learns of a log-out while it runs', async () => {
    expect((await call('GET', '/v1/users/bob', { sessionId: 'late' })).status).toBe(200);
    await revoke('late');
    await waitFor(async () => (await call('GET', '/v1/users/bob', { sessionId: 'late' })).status === 401, {
      withinMs: 4000,
      what: 'the session to be revoked',
    });
  });

  it('answers a send with its seq and its repetition with the same, and delivers it to sockets', async () => {
    const client = await TestClient.open(`${url.replace('http', 'ws')}/v1/ws`, ['hecto.v1.json']);
    await client.ok('connect', { token: await accessToken('bob') });
    const first = await call('POST', '/v1/messages', { body: MESSAGE });
    const again = await call('POST', '/v1/messages', { body: MESSAGE });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    await waitFor(() => client.pushes('message').some(({ clientMsgId }) => clientMsgId === 'c1'), {
      withinMs: 4000,
      what: 'the message to arrive',
    });
    const history = await call('GET', '/v1/conversations/si_alice_bob/messages');
    expect(history.body).toMatchObject({ items: [{ seq: first.body['seq'], content: { text: 'hi' } }], complete: true });
    client.ws.terminate();
  });

  it('puts a changed nickname on the next message', async () => {
    const profile = { ...profileOf('alice'), userId: 'alice' as UserId, nickname: 'Renamed', version: 99 };
    await bus.publish(TOPIC.userChanged, [{ key: 'alice', type: CHANGE_EVENT.userChanged, payload: { version: 99, profile } }]);
    let count = 0;
    await waitFor(
      async () => {
        count += 1;
        await call('POST', '/v1/messages', { body: { ...MESSAGE, clientMsgId: `renamed-${count}` } });
        return services.messages.get('si_alice_bob' as never)?.at(-1)?.senderNickname === 'Renamed';
      },
      { withinMs: 4000, what: 'the new nickname' },
    );
  });

  it('is ready, with each dependency by name', async () => {
    expect((await call('GET', '/health/ready')).body).toMatchObject({ status: 'ready', dependencies: { log: { ok: true } } });
  });

  it.each([
    'GET // HTTP/1.1',
    'GET http:// HTTP/1.1',
    'GET /v1/%zz HTTP/1.1',
    'GET // HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade',
    'GET /v1/ws HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade',
    'GET /v1/ws%zz HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade',
  ])('answers the request %j and lives on', async (start) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answer = new Promise<Buffer>((resolve) => socket.once('data', resolve));
    socket.write(`${start}\r\nhost: x\r\n\r\n`);
    expect((await answer).toString()).toMatch(/^HTTP\/1\.1 40[04]/);
    socket.destroy();
    expect((await call('GET', '/health/live')).status).toBe(200);
  });
});
