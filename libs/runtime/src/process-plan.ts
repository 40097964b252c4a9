import type { Probe, Telemetry } from '#observability';
import type { RunningService } from './service-parts.js';

/** What a program consists of, made from its settings. Nothing in it is connected yet. */
export interface ProcessPlan {
  /** Of each service in it; the first also speaks for the process itself. */
  telemetries: readonly [Telemetry, ...Telemetry[]];
  opsHost: string;
  opsPort: number;
  /** The servers that must answer before anything starts, by name. */
  servers: Readonly<Record<string, Probe>>;
  start(): Promise<readonly RunningService[]>;
  /** Closes what `start` was given: connections, the log. After the services. */
  close(): Promise<void>;
}
