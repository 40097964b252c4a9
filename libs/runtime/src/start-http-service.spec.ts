import { Controller, Get, Inject, Injectable, Module, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { systemClock } from '#kernel';
import { TOPIC, TOPICS } from '#contracts';
import { BUS, EmbeddedLog, HectoServer, OnBroadcast, type Bus } from '#bus';
import { silentTelemetry } from '#observability';
import { startHttpService, type RunningHttpService } from './start-http-service.js';

@Injectable()
class Calls implements OnModuleInit, OnApplicationBootstrap {
  readonly seen: string[] = [];

  onModuleInit(): void {
    this.seen.push('init');
  }

  onApplicationBootstrap(): void {
    this.seen.push('bootstrap');
  }
}

@Controller()
class SessionsController {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(HectoServer) private readonly transport: HectoServer,
  ) {}

  @OnBroadcast(TOPIC.sessionRevoked, { from: 'beginning' })
  revoked(@Payload() event: { sessionId: string }): void {
    if (event.sessionId === 'poison') throw new Error('no such session');
    this.calls.seen.push(event.sessionId);
  }

  @Get('/seen')
  seen(): object {
    return {
      seen: this.calls.seen,
      bus: typeof this.bus.ask,
      partitions: this.transport.subscription(TOPIC.sessionRevoked).assigned().length,
    };
  }

  @Get('/wrong')
  wrong(): void {
    throw new Error('an HTTP error is not the transport’s business');
  }
}

@Module({ controllers: [SessionsController], providers: [Calls] })
class GatewayModule {}

describe('startHttpService', () => {
  let log: EmbeddedLog;
  let service: RunningHttpService | undefined;

  const start = async () =>
    (service = await startHttpService({
      name: 'gateway',
      module: GatewayModule,
      parts: { log, telemetry: silentTelemetry('gateway'), clock: systemClock },
      adapter: new FastifyAdapter(),
      host: '127.0.0.1',
      port: 0,
      beforeListen: (_app, transport) => transport.subscription(TOPIC.sessionRevoked).caughtUp(),
    }));

  const publish = (sessionId: string) =>
    log.append(TOPIC.sessionRevoked, [{ key: 'alice', value: Buffer.from(JSON.stringify({ sessionId })) }]);

  beforeEach(async () => {
    log = await EmbeddedLog.inMemory();
    await log.createTopics(TOPICS);
  });
  afterEach(async () => {
    await service?.close();
    await log.close();
    service = undefined;
  });

  it('listens only after a broadcast has caught up, and runs every hook once', async () => {
    await publish('s1');
    await publish('s2');
    const { url } = await start();
    const answer = await (await fetch(`${url}/seen`)).json();
    expect(answer).toEqual({ seen: ['init', 'bootstrap', 's1', 's2'], bus: 'function', partitions: 12 });
  });

  it('reads a broadcast from the beginning in every new process, also under the same instance name', async () => {
    await publish('s1');
    await start();
    await service?.close();
    const { url } = await start();
    expect(await (await fetch(`${url}/seen`)).json()).toMatchObject({ seen: ['init', 'bootstrap', 's1'] });
  });

  it('leaves HTTP errors to the application', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/wrong`)).status).toBe(500);
  });

  it('frees its port and its partitions when it closes', async () => {
    const { url } = await start();
    await service?.close();
    await expect(fetch(`${url}/seen`)).rejects.toThrow('fetch failed');
  });
});
