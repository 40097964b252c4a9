import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
import type { HectoServer } from '#bus';
import { HandlerErrors } from './handler-errors.filter.js';
import { NestLogger } from './nest-logger.js';
import { ServiceCore } from './service-core.js';
import type { ServiceDefinition } from './service-definition.js';
import type { RunningService } from './service-parts.js';
import { running } from './start-service.js';
import { within } from './within.js';

const APP_CLOSE_MS = 8000;
const BUS_CLOSE_MS = 1000;

export interface HttpServiceDefinition extends ServiceDefinition {
  adapter: AbstractHttpAdapter;
  host: string;
  /** 0: any that is free. */
  port: number;
  /** Before anything is initialized: filters, pipes, documents, WebSocket upgrades. */
  configure?: (app: INestApplication) => void | Promise<void>;
  /** When the subscriptions run and before a client can connect: the place to wait until a broadcast has caught up. */
  beforeListen?: (app: INestApplication, transport: HectoServer) => void | Promise<void>;
}

export interface RunningHttpService extends RunningService {
  /** Where it listens, for example `http://127.0.0.1:8080`. */
  url: string;
}

/** Starts a service that speaks HTTP beside the bus: first it takes records, then it listens. Throws as `startService` does. */
export async function startHttpService(definition: HttpServiceDefinition): Promise<RunningHttpService> {
  const core = await ServiceCore.prepare(definition);
  const { logger } = definition.parts.telemetry;
  let app: INestApplication | undefined;
  const close = async (): Promise<void> => {
    // Its clients are told first, and what they wait for is still answered: the transport goes with the application, the bus after it.
    if (app) await within(APP_CLOSE_MS, 'closing the application', app.close(), logger);
    await within(BUS_CLOSE_MS, 'closing the bus', Promise.all([core.server.close(), core.bus.close()]), logger);
  };
  try {
    app = await NestFactory.create(core.rootModule(), definition.adapter, { logger: new NestLogger(logger), abortOnError: false });
    await definition.configure?.(app);
    await connectBus(app, core);
    await definition.beforeListen?.(app, core.server);
    await app.listen(definition.port, definition.host);
  } catch (error) {
    await close();
    throw error;
  }
  const url = await app.getUrl();
  logger.info({ url }, 'started');
  return { ...running(core, close), url };
}

async function connectBus(app: INestApplication, core: ServiceCore): Promise<void> {
  // Deferred, because a filter that is set after the handlers were registered is never asked.
  const microservice = app.connectMicroservice({ strategy: core.server }, { deferInitialization: true });
  microservice.useGlobalFilters(new HandlerErrors());
  // Else it would call the hooks of every provider a second time.
  (microservice as NestMicroservice).setIsInitHookCalled(true);
  core.addTrainHandlers(app);
  await app.init();
  await app.startAllMicroservices();
}
