import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HandlerErrors } from './handler-errors.filter.js';
import { NestLogger } from './nest-logger.js';
import { ServiceCore } from './service-core.js';
import type { ServiceDefinition } from './service-definition.js';
import type { RunningService } from './service-parts.js';
import { within } from './within.js';

const TRANSPORT_CLOSE_MS = 6000;
const APP_CLOSE_MS = 2000;
const BUS_CLOSE_MS = 1000;

/**
 * Starts a service that speaks over the bus alone. Resolves when it takes records; throws a StartError when it can't work on these
 * topics or collections, `problem('unavailable')` when one of its servers is away.
 */
export async function startService(definition: ServiceDefinition): Promise<RunningService> {
  const core = await ServiceCore.prepare(definition);
  const { logger } = definition.parts.telemetry;
  let app: INestMicroservice | undefined;
  const close = async (): Promise<void> => {
    await within(TRANSPORT_CLOSE_MS, 'ending what runs', core.server.close(), logger);
    if (app) await within(APP_CLOSE_MS, 'closing the application', app.close(), logger);
    await within(BUS_CLOSE_MS, 'closing the bus', core.bus.close(), logger);
  };
  try {
    app = await NestFactory.createMicroservice(core.rootModule(), {
      strategy: core.server,
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    app.useGlobalFilters(new HandlerErrors());
    core.addTrainHandlers(app);
    await app.listen();
  } catch (error) {
    await close();
    throw error;
  }
  logger.info('started');
  return running(core, close);
}

/** Closes at most once, whoever asks. */
export function running(core: ServiceCore, close: () => Promise<void>): RunningService {
  const { name, parts } = core.definition;
  let closing: Promise<void> | undefined;
  return {
    name,
    readiness: () => core.readiness(),
    close: () => (closing ??= close().then(() => parts.telemetry.logger.info('stopped'))),
  };
}
