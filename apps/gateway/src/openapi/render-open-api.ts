import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BUS } from '#bus';
import { HttpAdapter } from '../http/http-adapter.js';
import { PROBES } from '../health/health.controller.js';
import { Problems } from '../problems/problem-details.js';
import { SharedLimits } from '../rate-limits/shared-limits.js';
import { RoutesModule } from '../routes.module.js';
import { SendMessageService } from '../send-message/send-message.service.js';
import { Profiles } from '../users/profiles.js';
import { Registration } from '../users/registration.js';
import { openApiOf } from './open-api.js';

const WHAT_ROUTES_NEED = [BUS, PROBES, Profiles, Registration, SendMessageService, SharedLimits];

@Module({})
class DescriptionModule {}

@Module({})
class NothingBehindModule {}

/** docs/openapi.json: the routes described, with nothing behind them. */
export async function renderOpenApi(): Promise<string> {
  const providers = WHAT_ROUTES_NEED.map((provide) => ({ provide, useValue: {} }));
  const nothing = { module: NothingBehindModule, global: true, providers, exports: providers };
  const adapter = new HttpAdapter({ trustedProxies: [], problems: new Problems('') });
  const module = { module: DescriptionModule, imports: [nothing, RoutesModule] };
  const app = await NestFactory.create(module, adapter, { preview: true, logger: false, abortOnError: false });
  return `${JSON.stringify(openApiOf(app), null, 2)}\n`;
}
