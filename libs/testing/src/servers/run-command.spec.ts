import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.js';

/** Longer than the time between two looks for life. */
const SLOW = ['-e', 'setTimeout(() => console.log("done"), 700)'];

describe('runCommand', () => {
  it('goes on when the folder that it watches is not there, or vanishes while it looks', async () => {
    const growing = join(tmpdir(), 'hecto-never-made');
    await expect(runCommand(process.execPath, SLOW, { idleMs: 10_000, growing })).resolves.toBe('done\n');
  });

  it('says what a command that failed said at its end', async () => {
    const failing = ['-e', 'console.error("the reason\\n  at a\\n  at b"); process.exit(1)'];
    await expect(runCommand(process.execPath, failing, { idleMs: 10_000 })).rejects.toThrow('the reason\n  at a\n  at b');
  });

  it('gives up a command that shows no sign of life', async () => {
    await expect(
      runCommand(process.execPath, ['-e', 'console.log("so far"); setTimeout(() => {}, 60_000)'], { idleMs: 300 }),
    ).rejects.toThrow('no progress for 0.3 s\nso far');
  });
});
