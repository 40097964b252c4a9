import type { Clock } from '#kernel';
import type { EventLog } from '#bus';
import type { Readiness, Telemetry } from '#observability';

export type { Readiness };

/** What every service is made of; its own parts (database, cache, configuration) come beside it. */
export interface ServiceParts {
  log: EventLog;
  telemetry: Telemetry;
  clock: Clock;
  /** Tells the processes of a service apart; no two at a time may have the same. Default: a new one. */
  instance?: string;
}

/** A service that runs in this process, alone or beside the others (standalone). */
export interface RunningService {
  name: string;
  /** Each dependency and whether it answers, for `/health/ready`. Bounded to 2 s. */
  readiness(): Promise<Readiness>;
  /** Takes nothing new, ends what runs, commits, closes; under 10 s. */
  close(): Promise<void>;
}
