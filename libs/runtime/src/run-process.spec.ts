import { EventEmitter } from 'node:events';
import { deferred } from '#kernel';
import { problem } from '#contracts';
import { freePort } from '../../testing/src/servers/free-port.js';
import { ConfigError } from '#config';
import { createTelemetry } from '#observability';
import type { ProcessHost } from './process-host.js';
import type { ProcessPlan } from './process-plan.js';
import { runProcess } from './run-process.js';
import type { RunningService } from './service-parts.js';
import { StartError } from './start-error.js';

class Host implements ProcessHost {
  readonly env = { HECTO_TEST: 'yes' };
  readonly signals = new EventEmitter();
  readonly complaints: string[] = [];
  readonly ended = deferred<number>();
  on(event: string, listener: (error: unknown) => void): unknown {
    return this.signals.on(event, listener);
  }
  exit(code: number): void {
    this.ended.resolve(code);
  }
  complain(message: string): void {
    this.complaints.push(message);
  }
}

describe('runProcess', () => {
  let host: Host;
  let calls: string[];
  let lines: { msg: string; [field: string]: unknown }[];
  const telemetry = () =>
    createTelemetry({ service: 'group', logLevel: 'info', destination: { write: (line) => void lines.push(JSON.parse(line) as never) } });

  const service = (name: string): RunningService => ({
    name,
    readiness: () => Promise.resolve({ log: { ok: true } }),
    close: () => Promise.resolve(void calls.push(`close ${name}`)),
  });

  const plan = (more: Partial<ProcessPlan> = {}): ProcessPlan => ({
    telemetries: [telemetry()],
    opsHost: '127.0.0.1',
    opsPort: 0,
    servers: { kafka: () => Promise.resolve(true) },
    start: () => Promise.resolve([service('group')]),
    close: () => Promise.resolve(void calls.push('close adapters')),
    ...more,
  });

  beforeEach(() => {
    host = new Host();
    calls = [];
    lines = [];
  });

  it('closes the services, then what they stand on, once, and ends with 0', async () => {
    await runProcess(() => plan(), host);
    host.signals.emit('SIGTERM');
    host.signals.emit('SIGINT');
    expect(await host.ended.promise).toBe(0);
    expect(calls).toEqual(['close group', 'close adapters']);
  });

  it('is not ready from the signal on, and lives, until all is closed', async () => {
    const opsPort = await freePort();
    const ended = deferred();
    const draining: RunningService = { ...service('group'), close: () => ended.promise };
    await runProcess(() => plan({ opsPort, start: () => Promise.resolve([draining]) }), host);
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${opsPort}/health/${path}`);
      return { status: answer.status, body: await answer.json() };
    };
    const before = await get('ready');
    host.signals.emit('SIGTERM');
    const [ready, live] = [await get('ready'), await get('live')];
    ended.resolve();
    expect(await host.ended.promise).toBe(0);
    expect([before.status, ready.status, live.status]).toEqual([200, 503, 200]);
    expect(ready.body).toMatchObject({ status: 'not_ready', services: { process: { stopping: { ok: false } } } });
  });

  it('waits for servers that are away and says which', async () => {
    let asked = 0;
    const mongodb = () => Promise.resolve(++asked > 1);
    const servers = { kafka: () => Promise.resolve(true), mongodb };
    await runProcess(() => plan({ servers }), host);
    expect(lines.find(({ msg }) => msg === 'waiting for servers')?.['servers']).toEqual({
      kafka: { ok: true },
      mongodb: { ok: false, detail: 'mongodb does not answer' },
    });
    host.signals.emit('SIGTERM');
    expect(await host.ended.promise).toBe(0);
    expect(calls).toEqual(['close group', 'close adapters']);
  });

  it('tries again when a server goes away during the start', async () => {
    let attempts = 0;
    const start = () =>
      ++attempts === 1 ? Promise.reject(problem('unavailable', 'mongodb is away')) : Promise.resolve([service('group')]);
    await runProcess(() => plan({ start }), host);
    expect(attempts).toBe(2);
    host.signals.emit('SIGTERM');
    await host.ended.promise;
  });

  it('can be stopped while it waits for a server', async () => {
    const asked = deferred();
    const kafka = () => {
      asked.resolve();
      return Promise.resolve(false);
    };
    const run = runProcess(() => plan({ servers: { kafka } }), host);
    await asked.promise;
    host.signals.emit('SIGTERM');
    await run;
    expect(await host.ended.promise).toBe(0);
    expect(calls).toEqual(['close adapters']);
  });

  it.each([
    ['settings', () => Promise.reject(new ConfigError('group', ['HECTO_MONGO_URL is not set.'])), 'HECTO_MONGO_URL is not set.'],
    [
      'topics',
      () => plan({ start: () => Promise.reject(new StartError('group', ['topic x is missing: run `hecto topics sync`'])) }),
      'topic x is missing: run `hecto topics sync`',
    ],
  ])('says what is wrong with the %s, and ends with 1', async (_what, makePlan, message) => {
    await runProcess(makePlan, host);
    expect(await host.ended.promise).toBe(1);
    expect(host.complaints.join()).toContain(message);
    expect(host.complaints.join()).not.toContain(' at ');
  });

  it.each(['unhandledRejection', 'uncaughtException'])('logs an %s and ends with 1', async (event) => {
    await runProcess(() => plan(), host);
    host.signals.emit(event, new Error('nobody caught me'));
    expect(await host.ended.promise).toBe(1);
    expect(JSON.stringify(lines)).toContain('nobody caught me');
    host.signals.emit('SIGTERM');
    await new Promise(setImmediate);
  });
});
