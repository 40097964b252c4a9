import { silentTelemetry, busMetrics, type Readiness } from '#observability';
import { startOpsServer, type OpsServer } from './ops-server.js';

describe('the ops server', () => {
  let server: OpsServer;
  let mongodb: Readiness[string] = { ok: true };
  const telemetries = [silentTelemetry('group'), silentTelemetry('user')];

  beforeAll(async () => {
    for (const { metrics, service } of telemetries) busMetrics(metrics).handled.inc({ topic: `${service}.rpc.v1`, outcome: 'ok' });
    server = await startOpsServer({ host: '127.0.0.1', port: 0, telemetries, readiness: () => Promise.resolve({ group: { mongodb } }) });
  });
  afterAll(() => server.close());

  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);

  it('is live as soon as it runs', async () => {
    expect((await get('/health/live')).status).toBe(200);
  });

  it('is ready while every dependency answers, and names the one that does not', async () => {
    mongodb = { ok: true };
    expect(await (await get('/health/ready')).json()).toEqual({ status: 'ready', services: { group: { mongodb: { ok: true } } } });
    mongodb = { ok: false, detail: 'mongodb does not answer' };
    const away = await get('/health/ready');
    expect(away.status).toBe(503);
    expect(await away.json()).toEqual({ status: 'not_ready', services: { group: { mongodb } } });
  });

  it('shows the metrics of every service of the process, each metric in one block', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toContain('hecto_bus_records_handled_total{topic="group.rpc.v1",outcome="ok",service="group"} 1');
    expect(text).toContain('hecto_bus_records_handled_total{topic="user.rpc.v1",outcome="ok",service="user"} 1');
    expect(text.match(/# TYPE hecto_bus_records_handled_total/g)).toHaveLength(1);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('knows no other path', async () => {
    expect((await get('/health/../')).status).toBe(404);
  });
});
