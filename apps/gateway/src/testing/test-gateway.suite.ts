import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT } from 'jose';
import { BUS } from '#bus';
import { MemoryCounters } from '#cache';
import { silentTelemetry } from '#observability';
import { RevokedSessions } from '../authentication/revoked-sessions.js';
import type { GatewayConfig } from '../gateway.config.js';
import { EdgeModule } from '../gateway.module.js';
import type { GatewayParts } from '../gateway.parts.js';
import { configureHttp } from '../http/configure-http.js';
import { HttpAdapter } from '../http/http-adapter.js';
import { Problems } from '../problems/problem-details.js';
import { RoutesModule } from '../routes.module.js';
import { FakeBus } from './fake-bus.suite.js';

export const API_KEY = `hk_${'k'.repeat(40)}`;
const JWT_SECRET = 's'.repeat(40);
const QUARTER_HOUR_S = 15 * 60;

const PLENTY = { perSecond: 1000, burst: 10_000 };
export const TEST_CONFIG: GatewayConfig = {
  host: '127.0.0.1',
  port: 0,
  jwtKeys: [{ kid: 'k1', secret: JWT_SECRET }],
  adminKeys: [API_KEY],
  registration: 'open',
  docsUrl: 'https://hecto.test/docs',
  corsOrigins: ['https://chat.test'],
  trustedProxies: [],
  sendRate: PLENTY,
  requestRate: PLENTY,
  socketRate: PLENTY,
  registrationQuota: { limit: 1000, windowMs: 60_000 },
  loginAddressQuota: { limit: 1000, windowMs: 60_000 },
  refreshAddressQuota: { limit: 1000, windowMs: 60_000 },
  loginAccountQuota: { limit: 1000, windowMs: 60_000 },
};

@Module({})
class FakeBusModule {
  static with(bus: FakeBus): DynamicModule {
    return { module: FakeBusModule, global: true, providers: [{ provide: BUS, useValue: bus }], exports: [BUS] };
  }
}

@Module({})
class RootModule {}

/** The HTTP edge as it is, on a bus that answers what the test says. */
export class TestGateway {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly bus: FakeBus,
  ) {}

  static async start(config: Partial<GatewayConfig> = {}): Promise<TestGateway> {
    const bus = new FakeBus();
    const clock = { now: () => Date.now() };
    const telemetry = silentTelemetry('gateway');
    const log = { ping: () => Promise.resolve(true) } as unknown as GatewayParts['log'];
    const all = { ...TEST_CONFIG, ...config };
    const edge = EdgeModule.with({ config: all, clock, telemetry, log, counters: new MemoryCounters() });
    const app = await NestFactory.create<NestFastifyApplication>(
      { module: RootModule, imports: [FakeBusModule.with(bus), edge, RoutesModule] },
      new HttpAdapter({ trustedProxies: all.trustedProxies, problems: new Problems(all.docsUrl) }),
      { logger: false, abortOnError: false },
    );
    configureHttp(app as INestApplication, { telemetry, corsOrigins: all.corsOrigins });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new TestGateway(app, bus);
  }

  /** Logs a session out, as the user service would say. */
  revoke(sessionId: string): void {
    this.app
      .get(RevokedSessions, { strict: false })
      .revoke({ userId: 'alice' as never, sessionId, deviceId: 'd1', reason: 'logout', revokedAt: Date.now() });
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

export interface TokenOptions {
  sessionId?: string;
  expiresInS?: number;
  kid?: string;
  secret?: string;
}

/** An access token as the user service makes them. */
export function accessToken(userId: string, options: TokenOptions = {}): Promise<string> {
  const { sessionId = `session-of-${userId}`, expiresInS = QUARTER_HOUR_S, kid = 'k1', secret = JWT_SECRET } = options;
  const nowS = Math.floor(Date.now() / 1000);
  return new SignJWT({ sid: sessionId, did: 'd1', plt: 'web' })
    .setProtectedHeader({ alg: 'HS256', kid })
    .setSubject(userId)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + expiresInS)
    .sign(Buffer.from(secret));
}
