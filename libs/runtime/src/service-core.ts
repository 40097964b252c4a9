import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { newId } from '#kernel';
import { BUS, BusClient, HectoServer, type TrainHandler } from '#bus';
import { checkReadiness, type Probe, type Readiness } from '#observability';
import { checkStorage } from '#storage';
import { checkTopics } from './check-topics.js';
import type { ServiceDefinition } from './service-definition.js';
import { StartError } from './start-error.js';
import { CLOCK, TELEMETRY } from './tokens.js';

@Module({})
class ServiceCoreModule {}

@Module({})
class ServiceRootModule {}

/** What a service has whether or not it also speaks HTTP: its way to the bus and the checks before its start. */
export class ServiceCore {
  private constructor(
    readonly definition: ServiceDefinition,
    readonly bus: BusClient,
    readonly server: HectoServer,
  ) {}

  /** Throws a StartError when topics or collections are not what this program needs. */
  static async prepare(definition: ServiceDefinition): Promise<ServiceCore> {
    await refuseWrongSurroundings(definition);
    const { name, parts, storage } = definition;
    const { log, telemetry, clock, instance = newId() } = parts;
    const options = { service: name, instance, log, telemetry, clock };
    const bus = await BusClient.start(options);
    // Whoever asks has seen answers that an answer of MongoDB's must not be older than.
    const beforeQuestion = storage && { beforeQuestion: () => storage.database.readBarrier.pass() };
    return new ServiceCore(definition, bus, new HectoServer({ ...options, bus, ...beforeQuestion }));
  }

  /** The service's module below a global one that provides the bus. */
  rootModule(): DynamicModule {
    const { telemetry, clock } = this.definition.parts;
    const providers = [
      { provide: BUS, useValue: this.bus },
      { provide: HectoServer, useValue: this.server },
      { provide: TELEMETRY, useValue: telemetry },
      { provide: CLOCK, useValue: clock },
    ];
    const core: DynamicModule = { module: ServiceCoreModule, global: true, providers, exports: providers };
    return { module: ServiceRootModule, imports: [core, this.definition.module] };
  }

  /** Once the providers exist, before the transport listens. */
  addTrainHandlers(app: INestApplicationContext): void {
    const tokens = this.definition.trainHandlers ?? [];
    this.server.addTrainHandlers(tokens.map((token) => app.get<TrainHandler>(token, { strict: false })));
  }

  readiness(): Promise<Readiness> {
    const { parts, storage, dependencies } = this.definition;
    const log: Probe = (timeoutMs) => parts.log.ping(timeoutMs);
    const mongodb: Probe | undefined = storage && ((timeoutMs) => storage.database.ping(timeoutMs));
    return checkReadiness({ log, ...(mongodb && { mongodb }), ...dependencies });
  }
}

async function refuseWrongSurroundings({ name, parts, storage }: ServiceDefinition): Promise<void> {
  const problems = await checkTopics(parts.log, name);
  if (storage) problems.push(...(await checkStorage(storage.database, storage.collections)).map(({ message }) => message));
  if (problems.length > 0) throw new StartError(name, problems);
}
