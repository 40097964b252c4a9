import { mkdirSync, statfsSync } from 'node:fs';
import { runCommand } from '#testing';

/** More than a run of an hour needs. Only what is used takes memory. */
const SIZE = '6g';
const LEAST_BYTES = 512 * 1024 * 1024;
const IDLE_MS = 10_000;

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
    const { bsize, blocks, bfree } = statfsSync(this.path);
    const used = (blocks - bfree) * bsize;
    // At least what the issue of a full disk is about; a smaller one would only be full of what servers allocate beforehand.
    const size = Math.max(used, LEAST_BYTES);
    await this.resize(String(size));
    if (size > used) await runCommand('fallocate', ['-l', String(size - used), `${this.path}/ballast`], { idleMs: IDLE_MS });
    return size;
  }

  async free(): Promise<void> {
    await this.resize(SIZE);
    await runCommand('rm', ['-f', `${this.path}/ballast`], { idleMs: IDLE_MS });
  }

  async unmount(): Promise<void> {
    await runCommand('umount', ['-l', this.path], { idleMs: IDLE_MS });
  }

  private async resize(size: string): Promise<void> {
    await runCommand('mount', ['-o', `remount,size=${size}`, this.path], { idleMs: IDLE_MS });
  }
}
