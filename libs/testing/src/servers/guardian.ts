import { spawn } from 'node:child_process';

/**
 * Waits until its standard input closes, which the kernel does when the process that holds the other end is gone, however it
 * ended; then kills the guarded process group and removes its scratch folder.
 */
const GUARDIAN = 'while read -r _; do :; done; kill -s KILL -- "-$0" 2>/dev/null; if [ -n "$1" ]; then rm -rf -- "$1"; fi';

export interface Guardian {
  /** The guarded process has ended: there is nothing to kill any more. */
  dismiss(): void;
}

/** Sees to it that the process group `pid` does not outlive this process, not even after `kill -9`. */
export function guard(pid: number, scratch: string | undefined): Guardian {
  // In a session of its own: a Ctrl-C in the terminal must not end it before its work is done.
  const child = spawn('sh', ['-c', GUARDIAN, String(pid), scratch ?? ''], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  return {
    dismiss: () => {
      child.kill('SIGKILL');
      child.stdin.destroy();
    },
  };
}
