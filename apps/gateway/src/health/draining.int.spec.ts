import { deferred, systemClock } from '#kernel';
import { MESSAGE_COMMAND, TOPICS } from '#contracts';
import { EmbeddedLog } from '#bus';
import { MemoryCounters } from '#cache';
import { silentTelemetry } from '#observability';
import type { RunningHttpService } from '#runtime';
import { OtherServices } from '../connections/testing/other-services.suite.js';
import { TestClient } from '../connections/testing/test-client.suite.js';
import { startGateway } from '../start-gateway.js';
import { accessToken, TEST_CONFIG } from '../testing/test-gateway.suite.js';

describe('a gateway that shuts down', () => {
  let log: EmbeddedLog;
  let services: OtherServices;
  let gateway: RunningHttpService;

  beforeEach(async () => {
    log = await EmbeddedLog.inMemory();
    await log.createTopics(TOPICS);
    services = new OtherServices(log);
    await services.start();
    gateway = await startGateway({
      ...{ log, config: TEST_CONFIG, counters: new MemoryCounters() },
      ...{ telemetry: silentTelemetry('gateway'), clock: systemClock },
    });
  });
  afterEach(async () => {
    await gateway.close();
    await services.stop();
    await log.close();
  });

  it('is not ready, and lives, while it still answers what was asked', async () => {
    const url = `http://127.0.0.1:${new URL(gateway.url).port}`;
    const [asked, release] = [deferred(), deferred()];
    services.before = (type) => {
      if (type !== MESSAGE_COMMAND.send) return;
      asked.resolve();
      return release.promise;
    };
    const client = await TestClient.open(`${url.replace('http', 'ws')}/v1/ws`, ['hecto.v1.json']);
    await client.ok('connect', { token: await accessToken('alice') });
    const send = client.post('send', { clientMsgId: 'c1', type: 'text', content: { text: 'hi' }, to: { userId: 'bob' } });
    await asked.promise;
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    const closed = gateway.close();
    const ready = await fetch(`${url}/health/ready`);
    const live = await fetch(`${url}/health/live`);
    release.resolve();

    expect([ready.status, live.status]).toEqual([503, 200]);
    expect(await ready.json()).toMatchObject({ status: 'not_ready', dependencies: { log: { ok: true }, stopping: { ok: false } } });
    expect(await client.answer(send)).toMatchObject({ type: 'ok' });
    await closed;
  });
});
