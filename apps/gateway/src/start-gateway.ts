import type { Server } from 'node:http';
import { TOPIC } from '#contracts';
import { startHttpService, type RunningHttpService } from '#runtime';
import { WebSocketEdge } from './connections/web-socket-edge.js';
import { GatewayModule } from './gateway.module.js';
import type { GatewayParts } from './gateway.parts.js';
import { configureHttp } from './http/configure-http.js';
import { HttpAdapter } from './http/http-adapter.js';
import { Problems } from './problems/problem-details.js';

/** Both edges in one process. It listens only once it knows which sessions are revoked. */
export function startGateway(parts: GatewayParts): Promise<RunningHttpService> {
  const { config, telemetry } = parts;
  return startHttpService({
    name: 'gateway',
    module: GatewayModule.with(parts),
    parts,
    adapter: new HttpAdapter({ trustedProxies: config.trustedProxies, problems: new Problems(config.docsUrl) }),
    host: config.host,
    port: config.port,
    configure: (app) => configureHttp(app, { telemetry, corsOrigins: config.corsOrigins }),
    beforeListen: async (app, transport) => {
      await transport.subscription(TOPIC.sessionRevoked).caughtUp();
      app.get(WebSocketEdge, { strict: false }).attach(app.getHttpServer() as Server);
    },
  });
}
