import type { Logger } from 'pino';
import { ConfigError } from '#config';
import { isReady, type Readiness } from '#observability';
import { startOpsServer, type OpsServer } from './ops-server.js';
import { nodeProcess, type ProcessHost } from './process-host.js';
import type { ProcessPlan } from './process-plan.js';
import type { RunningService } from './service-parts.js';
import { StartError } from './start-error.js';
import { startWhenPossible } from './start-when-possible.js';
import { STOPPING } from './stopping.js';
import { within } from './within.js';

const CLOSE_MS = 9500;

/**
 * The whole life of a program: settings, `/health` and `/metrics` at once, the services as soon as their servers answer, an orderly
 * end at SIGTERM or SIGINT. Exit code 0 after such an end, 1 when it can't start or meets an error that nobody handled.
 */
export async function runProcess(
  makePlan: (env: NodeJS.ProcessEnv) => ProcessPlan | Promise<ProcessPlan>,
  host: ProcessHost = nodeProcess,
): Promise<void> {
  try {
    await new ProgramRun(await makePlan(host.env), host).run();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof StartError) host.complain(error.message);
    else host.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    host.exit(1);
  }
}

class ProgramRun {
  private readonly stopping = new AbortController();
  private readonly logger: Logger;
  private ops: OpsServer | undefined;
  private services: readonly RunningService[] = [];
  private waitingFor: Readiness = {};
  private starting: Promise<void> = Promise.resolve();

  constructor(
    private readonly plan: ProcessPlan,
    private readonly host: ProcessHost,
  ) {
    this.logger = plan.telemetries[0].logger;
  }

  async run(): Promise<void> {
    this.listenToTheHost();
    const { opsHost, opsPort, telemetries } = this.plan;
    try {
      this.ops = await startOpsServer({ host: opsHost, port: opsPort, telemetries, readiness: () => this.readiness() });
      this.starting = this.start();
      await this.starting;
    } catch (error) {
      await this.closeAll();
      throw error;
    }
  }

  private listenToTheHost(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) this.host.on(signal, () => void this.stop(signal));
    for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
      this.host.on(event, (error) => {
        this.logger.fatal({ err: error }, `${event}: the process ends here, nothing is known of its state`);
        this.host.exit(1);
      });
    }
  }

  private async start(): Promise<void> {
    this.services = await startWhenPossible(this.plan, {
      signal: this.stopping.signal,
      onAnswer: (readiness) => {
        this.waitingFor = readiness;
        if (!isReady(readiness)) this.logger.warn({ servers: readiness }, 'waiting for servers');
      },
      onRefused: (error) => {
        this.waitingFor = { start: { ok: false, detail: error.detail } };
        this.logger.warn({ err: error }, 'a server went away during the start; trying again');
      },
    });
  }

  private async readiness(): Promise<Record<string, Readiness>> {
    if (this.stopping.signal.aborted) return { process: STOPPING };
    const starting = { starting: { started: { ok: false }, ...this.waitingFor } };
    if (this.services.length === 0) return starting;
    return Object.fromEntries(await Promise.all(this.services.map(async (service) => [service.name, await service.readiness()] as const)));
  }

  /** At most once: a second signal changes nothing. */
  private async stop(signal: string): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.logger.info({ signal }, 'stopping');
    this.stopping.abort();
    await within(CLOSE_MS, 'stopping', this.closeAll(), this.logger);
    this.host.exit(0);
  }

  private async closeAll(): Promise<void> {
    await this.starting.catch(() => undefined);
    await Promise.all(this.services.map((service) => service.close()));
    await this.plan.close();
    await this.ops?.close();
  }
}
