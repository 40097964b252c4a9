import type { DynamicModule, InjectionToken, Type } from '@nestjs/common';
import type { Probe } from '#observability';
import type { CollectionSpec, Database } from '#storage';
import type { ServiceParts } from './service-parts.js';

export interface ServiceDefinition {
  /** The name in topics, groups, logs and metrics. */
  name: string;
  /** The service's root module, made with its parts: `GroupModule.with(parts)`. */
  module: Type | DynamicModule;
  parts: ServiceParts;
  /** Providers that are `TrainHandler`s, by their token. */
  trainHandlers?: readonly InjectionToken[];
  /** Its database and the collections in it: checked at the start, asked for readiness. */
  storage?: { database: Database; collections: readonly CollectionSpec[] };
  /** What else must answer for the service to be ready. The log and the database are asked anyway. */
  dependencies?: Readonly<Record<string, Probe>>;
}
