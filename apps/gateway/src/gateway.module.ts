import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { BUS, type Bus } from '#bus';
import type { Probe } from '#observability';
import { AccessGuard } from './access/access.guard.js';
import { AccessTokens } from './authentication/access-tokens.js';
import { AdminKeys } from './authentication/admin-keys.js';
import { Authenticator } from './authentication/authenticator.js';
import { RevokedSessions } from './authentication/revoked-sessions.js';
import { RevokedSessionsHandler } from './authentication/revoked-sessions.handler.js';
import { ConnectionsModule } from './connections/connections.module.js';
import { quotasOf } from './gateway.config.js';
import type { GatewayParts } from './gateway.parts.js';
import { PROBES } from './health/health.controller.js';
import { Problems } from './problems/problem-details.js';
import { RateLimits } from './rate-limits/rate-limits.js';
import { SharedLimits } from './rate-limits/shared-limits.js';
import { RoutesModule } from './routes.module.js';
import { SendMessageService } from './send-message/send-message.service.js';
import { Profiles } from './users/profiles.js';
import { ProfilesHandler } from './users/profiles.handler.js';
import { Registration } from './users/registration.js';

/** What both edges stand on: who calls, how often he may, and how a message is sent. */
@Module({})
export class EdgeModule {
  static with(parts: GatewayParts): DynamicModule {
    const providers = edgeProviders(parts);
    return {
      module: EdgeModule,
      global: true,
      controllers: [RevokedSessionsHandler, ProfilesHandler],
      providers,
      exports: providers,
    };
  }
}

/** Both edges: the HTTP routes and the WebSocket. */
@Module({})
export class GatewayModule {
  static with(parts: GatewayParts): DynamicModule {
    return {
      module: GatewayModule,
      imports: [EdgeModule.with(parts), RoutesModule, ConnectionsModule],
    };
  }
}

/** What must answer for the gateway to be ready. Redis may be away: the limits hold per process meanwhile. */
function probesOf({ log }: GatewayParts): Readonly<Record<string, Probe>> {
  return { log: (timeoutMs) => log.ping(timeoutMs) };
}

function edgeProviders(parts: GatewayParts): Provider[] {
  const { config, clock, counters } = parts;
  return [
    AccessGuard,
    { provide: PROBES, useValue: probesOf(parts) },
    { provide: RevokedSessions, useFactory: () => new RevokedSessions(clock) },
    {
      provide: Authenticator,
      inject: [RevokedSessions],
      useFactory: (revoked: RevokedSessions) =>
        new Authenticator(new AccessTokens(config.jwtKeys, clock), new AdminKeys(config.adminKeys), revoked),
    },
    { provide: Profiles, inject: [BUS], useFactory: (bus: Bus) => new Profiles(bus) },
    {
      provide: SendMessageService,
      inject: [BUS, Profiles],
      useFactory: (bus: Bus, profiles: Profiles) => new SendMessageService(bus, profiles, clock),
    },
    {
      provide: RateLimits,
      useFactory: () => new RateLimits({ send: config.sendRate, request: config.requestRate, socket: config.socketRate }),
    },
    { provide: SharedLimits, useFactory: () => new SharedLimits(counters, quotasOf(config)) },
    {
      provide: Registration,
      inject: [BUS, SharedLimits],
      useFactory: (bus: Bus, limits: SharedLimits) => new Registration(bus, config.registration, limits),
    },
    { provide: Problems, useFactory: () => new Problems(config.docsUrl) },
  ];
}
