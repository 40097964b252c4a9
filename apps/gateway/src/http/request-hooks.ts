import type { FastifyInstance } from 'fastify';
import { newContext, runInContext, type Telemetry } from '#observability';
import { Histogram } from 'prom-client';

/** Each request runs in its context, each answer says whose it is and is kept by no cache. */
export function addRequestHooks(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { traceparent } = request.headers;
    void reply.header('request-id', request.id).header('cache-control', 'no-store');
    const context = newContext({ requestId: request.id, traceparent: typeof traceparent === 'string' ? traceparent : undefined });
    runInContext(context, done);
  });
}

/** How long answers took, by route and status. */
export function measureRequests(server: FastifyInstance, telemetry: Telemetry): void {
  const seconds = new Histogram({
    name: 'hecto_http_request_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [telemetry.metrics],
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    telemetry.logger.debug(
      { requestId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
    done();
  });
}
