import type { Logger } from 'pino';
import pLimit from 'p-limit';
import { FIRST_ENTRY, type StalePage } from './outbox.repository.js';

export interface SweeperParts {
  everyMs: number;
  /** Entities with entries that nobody seems to relay, behind this one. */
  leftBehind: (after: string) => Promise<StalePage>;
  flush: (entity: string) => Promise<{ failure: unknown }>;
  logger: Logger;
}

const ENTITIES_AT_ONCE = 16;

/** Relays what crashes left, of this process or another: at the start, then on a timer. */
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;
  /** Each sweep goes on where the one before ended. */
  private sweptTo = FIRST_ENTRY;

  constructor(private readonly parts: SweeperParts) {}

  start(): void {
    this.sweeping = this.sweep().then(() => this.schedule());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  private schedule(): void {
    if (this.stopped) return;
    // Jittered, so that the processes of a service don't all repeat the same entries at the same moment.
    const delayMs = this.parts.everyMs * (0.5 + Math.random());
    this.timer = setTimeout(() => this.start(), delayMs);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    try {
      const { entities, next } = await this.parts.leftBehind(this.sweptTo);
      this.sweptTo = next;
      const limit = pLimit(ENTITIES_AT_ONCE);
      await Promise.all(entities.map((entity) => limit(() => this.relay(entity))));
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'the outbox could not be swept; trying again');
    }
  }

  private async relay(entity: string): Promise<void> {
    if (this.stopped) return;
    const { failure } = await this.parts.flush(entity);
    if (failure !== undefined) this.parts.logger.warn({ entity, err: failure }, 'outbox entries still wait; trying again');
  }
}
