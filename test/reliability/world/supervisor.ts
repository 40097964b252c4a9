import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardedProcess, Member } from '#testing';

const LOOK_EVERY_MS = 500;
const RUNS_WITHIN_MS = 180_000;
const LAST_LINES = 6;

/** Starts a service's process again that has ended by itself, as whoever runs a cluster does; those that a fault holds down stay so. */
export class Supervisor {
  /** How often each ended by itself. */
  readonly endedAlone = new Map<string, number>();
  private readonly heldDown = new Set<GuardedProcess>();
  private readonly starting = new Map<GuardedProcess, Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly cluster: { readonly members: readonly Pick<Member, 'name' | 'process'>[] },
    private readonly say: (line: string) => void,
  ) {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** It is meant to be down, or to be started and ended by somebody else, until `ensure`. */
  holdDown(process: GuardedProcess): void {
    this.heldDown.add(process);
  }

  /** Resolves when it runs and serves; tries again when it ends meanwhile, or does not serve in time. */
  async ensure(process: GuardedProcess): Promise<void> {
    this.heldDown.delete(process);
    const deadline = performance.now() + RUNS_WITHIN_MS;
    while (!process.running || this.starting.has(process)) {
      try {
        await this.start(process);
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await sleep(LOOK_EVERY_MS);
      }
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const { name, process } of this.cluster.members) {
      if (process.running || this.heldDown.has(process) || this.starting.has(process)) continue;
      this.endedAlone.set(name, (this.endedAlone.get(name) ?? 0) + 1);
      this.say(`${name} ended by itself, and is started again:\n${process.lastLines(LAST_LINES)}`);
      this.start(process).catch((error: unknown) => this.say(`${name} did not start: ${String(error)}`));
    }
  }

  private start(process: GuardedProcess): Promise<void> {
    const running = this.starting.get(process);
    if (running) return running;
    const start = process.start().finally(() => this.starting.delete(process));
    this.starting.set(process, start);
    return start;
  }
}
