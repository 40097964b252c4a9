import type { ReportTrouble } from '#bus';
import type { GroupConsumer, GroupConsumerPorts } from './group-consumer.js';
import { needsOperator } from './operator-error.js';

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 8_000;
/** Who was a member for so long did not fail at once: the next wait is short again. */
const STEADY_MS = 30_000;
/** kafkajs may also stop without a word. Longer than it takes to find another coordinator, or to be told that a rejoin goes on. */
const MAX_SILENCE_MS = 60_000;
const LOOK_EVERY_MS = 5_000;

export interface LastingConsumerPorts extends Omit<GroupConsumerPorts, 'onCrashed' | 'onHeard'> {
  report: ReportTrouble;
}

/**
 * A member of a group that is there again after whatever ended it. kafkajs restarts some consumers by itself, gives up others for errors
 * that pass as well (a coordinator that is not found while a broker is paused), and at times falls silent. Here each life of a consumer
 * ends with its first crash, and another one joins in its place, for as long as it takes.
 */
export class LastingConsumer {
  private life: GroupConsumer;
  private bornAt = performance.now();
  private heardAt = performance.now();
  private joinedAt: number | undefined;
  private waitMs = FIRST_WAIT_MS;
  private next: NodeJS.Timeout | undefined;
  private watch: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly what: string,
    private readonly bear: (ports: GroupConsumerPorts) => GroupConsumer,
    private readonly ports: LastingConsumerPorts,
  ) {
    this.life = this.born();
  }

  /** Resolves when the member has joined, or tries to; throws when Kafka can't be reached at all. */
  async start(): Promise<void> {
    this.watch = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.watch.unref();
    await this.life.start();
  }

  pause(partitions: readonly number[]): void {
    this.life.pause(partitions);
  }

  resumeAt(partition: number, offset: number): void {
    this.life.resumeAt(partition, offset);
  }

  commit(offsets: ReadonlyMap<number, number>): Promise<void> {
    return this.life.commit(offsets);
  }

  /** Over all lives: a new one has heard nothing yet. */
  sinceHeardMs(): number {
    return performance.now() - this.heardAt;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.next);
    clearInterval(this.watch);
    await this.life.stop();
  }

  /** What a life says once it is over is of no interest. */
  private born(): GroupConsumer {
    const { ports } = this;
    const during = (act: () => void): void => {
      if (life === this.life) act();
    };
    const life: GroupConsumer = this.bear({
      onJoined: (partitions) =>
        during(() => {
          this.joinedAt ??= performance.now();
          ports.onJoined(partitions);
        }),
      onRebalancing: () => during(() => ports.onRebalancing()),
      onFetchStarted: () => during(() => ports.onFetchStarted()),
      onBatch: (payload) => (life === this.life ? ports.onBatch(payload) : Promise.resolve()),
      onHeard: () => during(() => (this.heardAt = performance.now())),
      onCrashed: (error) => during(() => this.crashed(error)),
    });
    return life;
  }

  private crashed(error: unknown): void {
    if (this.stopped || this.next) return;
    if (this.joinedAt !== undefined && performance.now() - this.joinedAt > STEADY_MS) this.waitMs = FIRST_WAIT_MS;
    const waitMs = this.waitMs;
    this.waitMs = Math.min(waitMs * 2, MAX_WAIT_MS);
    const whose = needsOperator(error) ? 'an operator must mend this' : 'the consumer has ended';
    this.ports.report(`${this.what}: ${whose}; another one joins in ${waitMs} ms`, error);
    this.ports.onRebalancing();
    this.next = setTimeout(() => this.replace(), waitMs);
  }

  private replace(): void {
    const old = this.life;
    this.next = undefined;
    this.joinedAt = undefined;
    this.bornAt = performance.now();
    const life = (this.life = this.born());
    // It has disconnected by itself unless it fell silent.
    old.stop().catch((error: unknown) => this.ports.report(`${this.what}: leave by the old consumer`, error));
    life.start().catch((error: unknown) => {
      if (life === this.life) this.crashed(error);
    });
  }

  private look(): void {
    const silentMs = performance.now() - Math.max(this.heardAt, this.bornAt);
    if (silentMs > MAX_SILENCE_MS) this.crashed(new Error(`nothing was heard for ${Math.round(silentMs / 1000)} s`));
  }
}
