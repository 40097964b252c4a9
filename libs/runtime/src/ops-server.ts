import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isReady, ProcessMetrics, type Readiness, type Telemetry } from '#observability';

export interface OpsServerOptions {
  host: string;
  /** 0: any that is free. */
  port: number;
  telemetries: readonly Telemetry[];
  /** Of each service in this process. */
  readiness: () => Promise<Record<string, Readiness>>;
}

export interface OpsServer {
  port: number;
  close(): Promise<void>;
}

/** `/health/live`, `/health/ready` and `/metrics` of a process, on a port of their own that no client of the product reaches. */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const metrics = new ProcessMetrics(options.telemetries);
  const routes: Record<string, (response: ServerResponse) => Promise<void> | void> = {
    '/health/live': (response) => sendJson(response, 200, { status: 'live' }),
    '/health/ready': async (response) => {
      const services = await options.readiness();
      const ready = Object.values(services).every(isReady);
      sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not_ready', services });
    },
    '/metrics': async (response) => {
      response.writeHead(200, { 'content-type': ProcessMetrics.contentType }).end(await metrics.render());
    },
  };
  const server = createServer((request, response) => {
    const route = routes[(request.url ?? '').split('?')[0] ?? ''];
    if (!route) {
      sendJson(response, 404, { status: 'not_found', routes: Object.keys(routes) });
      return;
    }
    Promise.resolve(route(response)).catch((error: unknown) => sendJson(response, 500, { status: 'failed', detail: String(error) }));
  });
  await listen(server, options);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(`${JSON.stringify(body)}\n`);
}

function listen(server: Server, { host, port }: OpsServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
