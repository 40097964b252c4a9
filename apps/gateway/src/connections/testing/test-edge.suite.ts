import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import type { Clock } from '#kernel';
import { TOPICS, type UserId } from '#contracts';
import { BusClient, EmbeddedLog, type EmbeddedLogHooks } from '#bus';
import { silentTelemetry, type Telemetry } from '#observability';
import { AccessTokens } from '../../authentication/access-tokens.js';
import { AdminKeys } from '../../authentication/admin-keys.js';
import { Authenticator } from '../../authentication/authenticator.js';
import { RevokedSessions } from '../../authentication/revoked-sessions.js';
import { Problems } from '../../problems/problem-details.js';
import { RateLimits, type Rates } from '../../rate-limits/rate-limits.js';
import { SendMessageService } from '../../send-message/send-message.service.js';
import { Profiles } from '../../users/profiles.js';
import { createEdge, type Edge } from '../create-edge.js';
import { OtherServices } from './other-services.suite.js';
import { TestClient } from './test-client.suite.js';

const SECRET = 'a secret of the tests that is long enough';
export const API_KEY = 'hk_0123456789012345678901234567890123456789';
const PLENTY = { perSecond: 100_000, burst: 100_000 };

/** The time is what it is, and some more. */
class ShiftedClock implements Clock {
  aheadMs = 0;

  now(): number {
    return Date.now() + this.aheadMs;
  }
}

export interface TestEdgeOptions {
  rates?: Partial<Rates>;
  hooks?: EmbeddedLogHooks;
}

interface TokenOptions {
  deviceId?: string;
  sessionId?: string;
  livesMs?: number;
  secret?: string;
}

/** The edge on a real HTTP server and a real (embedded) log, with small stand-ins for the other services. */
export class TestEdge {
  readonly clock = new ShiftedClock();
  readonly telemetry: Telemetry = silentTelemetry('gateway');
  readonly revoked = new RevokedSessions(this.clock);
  log: EmbeddedLog;
  services: OtherServices;
  edge: Edge;
  private bus: BusClient;
  private server: Server;
  private readonly clients: TestClient[] = [];

  static async start(options: TestEdgeOptions = {}): Promise<TestEdge> {
    const test = new TestEdge();
    test.log = await EmbeddedLog.inMemory({ hooks: options.hooks ?? {} });
    await test.log.createTopics(TOPICS);
    test.services = new OtherServices(test.log);
    await test.services.start();
    await test.startEdge({ send: PLENTY, request: PLENTY, socket: PLENTY, ...options.rates });
    return test;
  }

  /** A socket that has not said anything yet. */
  async open(protocols: string[] = ['hecto.v1.json']): Promise<TestClient> {
    const client = await TestClient.open(this.url, protocols);
    this.clients.push(client);
    return client;
  }

  /** A user's socket, connected. */
  async connect(userId: string, more: { deviceId?: string; data?: object } = {}): Promise<TestClient> {
    const client = await this.open();
    const token = await this.token(userId, more.deviceId ? { deviceId: more.deviceId } : {});
    await client.ok('connect', { token, ...more.data });
    return client;
  }

  async token(userId: string, options: TokenOptions = {}): Promise<string> {
    const { deviceId = 'phone', livesMs = 900_000, secret = SECRET } = options;
    const { sessionId = `s-${userId}-${deviceId}` } = options;
    const seconds = Math.floor(this.clock.now() / 1000);
    return new SignJWT({ sid: sessionId, did: deviceId, plt: 'web' })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setSubject(userId)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + Math.floor(livesMs / 1000))
      .sign(Buffer.from(secret));
  }

  endSession(sessionId: string, reason: 'logout' | 'replaced'): void {
    this.revoked.revoke({ userId: 'alice' as UserId, sessionId, deviceId: 'phone', reason, revokedAt: this.clock.now() });
  }

  async metric(name: string): Promise<string> {
    return this.telemetry.metrics.getSingleMetricAsString(name);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/ws`;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.terminate();
    await this.edge.sockets.close();
    await this.edge.guard.stop();
    await new Promise((resolve) => this.server.close(resolve));
    await this.services.stop();
    await this.bus.close();
    await this.log.close();
  }

  private async startEdge(rates: Rates): Promise<void> {
    const { log, telemetry, clock, revoked } = this;
    const bus = await BusClient.start({ log, service: 'gateway', instance: 'test', telemetry, clock });
    this.bus = bus;
    const authenticator = new Authenticator(new AccessTokens([{ kid: 'k1', secret: SECRET }], clock), new AdminKeys([API_KEY]), revoked);
    const messages = new SendMessageService(bus, new Profiles(bus), clock);
    const shared = { bus, log, telemetry, clock, authenticator, revoked, messages };
    const problems = new Problems('https://docs.example');
    this.edge = createEdge({ ...shared, limits: new RateLimits(rates), problems, instance: 'test', random: () => 0.5 });
    await this.edge.guard.start();
    this.server = createServer((_, response) => response.writeHead(404).end());
    this.edge.sockets.attach(this.server);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }
}
