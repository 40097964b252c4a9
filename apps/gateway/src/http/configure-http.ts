import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Telemetry } from '#observability';
import { AccessGuard } from '../access/access.guard.js';
import { serveDocuments } from '../openapi/serve-documents.js';
import { Problems } from '../problems/problem-details.js';
import { InputPipe } from './input.pipe.js';
import { KnownRoutes } from './known-routes.js';
import { ProblemFilter } from './problem.filter.js';
import { addRequestHooks, measureRequests } from './request-hooks.js';

export interface HttpSettings {
  telemetry: Telemetry;
  corsOrigins: readonly string[];
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const PREFLIGHT_S = 600;
const EXPOSED = ['ETag', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'Request-Id', 'Link', 'Location', 'Idempotent-Replayed'];

/** What holds for every route. Before the application is initialized; for HTTP alone, the bus has its own ways. */
export function configureHttp(app: INestApplication, { telemetry, corsOrigins }: HttpSettings): void {
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  const routes = new KnownRoutes();
  routes.watch(server);
  addRequestHooks(server);
  measureRequests(server, telemetry);
  if (corsOrigins.length > 0) {
    app.enableCors({
      origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
      methods: METHODS,
      exposedHeaders: EXPOSED,
      maxAge: PREFLIGHT_S,
    });
  }
  app.useGlobalFilters(new ProblemFilter(app.get(Problems, { strict: false }), routes, telemetry));
  app.useGlobalGuards(app.get(AccessGuard, { strict: false }));
  app.useGlobalPipes(new InputPipe());
  serveDocuments(app);
}
