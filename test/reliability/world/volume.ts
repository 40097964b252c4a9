import { mkdirSync, statfsSync } from 'node:fs';
import { runCommand } from '#testing';

/** More than a run of an hour needs. Only what is used takes memory. */
const SIZE = '6g';
const LEAST_BYTES = 512 * 1024 * 1024;
const IDLE_MS = 10_000;
const ATTEMPTS = 50;

/** A disk of its own for one kind of server, which can be full. In memory, so it needs root and the right to mount. */
export class Volume {
  private constructor(readonly path: string) {}

  static async mount(path: string): Promise<Volume> {
    mkdirSync(path, { recursive: true });
    try {
      await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'hecto-chaos', path], { idleMs: IDLE_MS });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`A disk that can be full needs the right to mount a tmpfs (root, not in a container without SYS_ADMIN): ${why}`, {
        cause,
      });
    }
    return new Volume(path);
  }

  /** Leaves no room: the disk becomes as large as what is on it. Returns that size in bytes. */
  async fill(): Promise<number> {
    // At least so much: a smaller disk would only be full of what servers allocate beforehand.
    const missing = LEAST_BYTES - this.used();
    if (missing > 0) await runCommand('fallocate', ['-l', String(missing), `${this.path}/ballast`], { idleMs: IDLE_MS });
    for (let attempt = 1; ; attempt++) {
      const size = this.used();
      try {
        await this.resize(String(size));
        return size;
      } catch (error) {
        // The server has written since.
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  async free(): Promise<void> {
    await this.resize(SIZE);
    await runCommand('rm', ['-f', `${this.path}/ballast`], { idleMs: IDLE_MS });
  }

  async unmount(): Promise<void> {
    await runCommand('umount', ['-l', this.path], { idleMs: IDLE_MS });
  }

  private used(): number {
    const { bsize, blocks, bfree } = statfsSync(this.path);
    return (blocks - bfree) * bsize;
  }

  private async resize(size: string): Promise<void> {
    await runCommand('mount', ['-o', `remount,size=${size}`, this.path], { idleMs: IDLE_MS });
  }
}
