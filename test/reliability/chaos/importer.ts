import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupConversation, type GroupId } from '#contracts';
import { mainOf, runCommand } from '#testing';
import type { World } from '../world/world.js';

const IDLE_MS = 15 * 60_000;
const ATTEMPTS = 20;
const PAUSE_MS = 2000;

/** `hecto import irc` while faults are played, and `hecto verify irc` when all is healed. */
export class Importer {
  private attempts = 0;

  constructor(
    private readonly world: World,
    private readonly files: readonly string[],
  ) {}

  /** What it writes to: a group for each file. */
  get conversations(): ReadonlySet<string> {
    return new Set(this.files.map((file) => groupConversation(basename(file, '.log') as GroupId)));
  }

  /** Resolves when every file is in. An import that ended is run again: it goes on where it was. Returns how often it was run. */
  async import(): Promise<number> {
    for (;;) {
      try {
        await this.hecto('import');
        return this.attempts;
      } catch (error) {
        if (this.attempts >= ATTEMPTS) throw error;
        this.world.say(`the import ended, and is run again: ${error instanceof Error ? error.message : String(error)}`);
        await sleep(PAUSE_MS);
      }
    }
  }

  /** The last line of the verification. Rejects when anything differs. */
  async verify(): Promise<string> {
    return (await this.hecto('verify')).trim().split('\n').at(-1) ?? '';
  }

  private hecto(command: 'import' | 'verify'): Promise<string> {
    const { urls, cluster } = this.world;
    // Each time through the next gateway.
    const url = urls[this.attempts++ % urls.length] ?? '';
    const args = ['--url', url, '--key', cluster.keys.adminKey, command, 'irc', ...this.files];
    return runCommand(process.execPath, [mainOf('cli'), ...args], { idleMs: IDLE_MS });
  }
}
