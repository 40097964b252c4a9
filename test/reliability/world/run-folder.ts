import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Waits until its standard input closes, as it does when the run is gone, however it ended; then unmounts and removes what the run made. */
const JANITOR = `while read -r _; do :; done
for mount in "$0"/data/*; do umount -l "$mount" 2>/dev/null; done
sleep 1
[ -e "$0/kept" ] || rm -rf -- "$0"`;

/** Where a run keeps what it makes: removed when the run is gone, unless it is to be kept. */
export class RunFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'hecto-chaos-'));
  /** One file for each process. */
  readonly logs = join(this.path, 'logs');
  /** One folder for each kind of server. */
  readonly data = join(this.path, 'data');
  readonly history = join(this.path, 'history.jsonl');

  constructor() {
    for (const each of [this.logs, this.data]) mkdirSync(each);
    // In a session of its own: a Ctrl-C in the terminal must not end it before its work is done.
    const janitor = spawn('sh', ['-c', JANITOR, this.path], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    janitor.unref();
    // The pipe stays open until this process ends, and does not keep it from ending.
    (janitor.stdin as Socket).unref();
  }

  keep(): void {
    writeFileSync(join(this.path, 'kept'), '');
  }
}
