import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LINES_SAID = 20;

export interface CommandOptions {
  cwd?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** Given up after this long without a sign of life: no output and nothing new under `growing` (ms). */
  idleMs: number;
  /** A folder into which the command downloads: that it grows is a sign of life. */
  growing?: string;
}

/** Runs a command to its end and resolves with its standard output; rejects with what it said when it fails or stalls. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', all: '' };
    const watch = watchForLife(
      options,
      () => said.all.length,
      () => child.kill('SIGKILL'),
    );
    child.stdout.on('data', (chunk: Buffer) => ((said.out += chunk.toString()), (said.all += chunk.toString())));
    child.stderr.on('data', (chunk: Buffer) => (said.all += chunk.toString()));
    child.once('error', (error) => {
      watch.end();
      reject(error);
    });
    child.once('close', (code) => {
      const stalled = watch.end();
      if (code === 0) resolve(said.out);
      else if (stalled) reject(new Error(`${command}: no progress for ${options.idleMs / 1000} s\n${lastLines(said.all)}`.trim()));
      else reject(new Error(lastLines(said.all) || `${command} ended with code ${code ?? 'none'}`));
    });
  });
}

function watchForLife(options: CommandOptions, outputLength: () => number, giveUp: () => void): { end(): boolean } {
  let seen = '';
  let since = performance.now();
  let stalled = false;
  const timer = setInterval(() => {
    const now = `${outputLength()}/${options.growing === undefined ? 0 : bytesUnder(options.growing)}`;
    if (now !== seen) {
      seen = now;
      since = performance.now();
    } else if (performance.now() - since > options.idleMs) {
      stalled = true;
      giveUp();
    }
  }, 250);
  return {
    end: () => {
      clearInterval(timer);
      return stalled;
    },
  };
}

function bytesUnder(folder: string): number {
  let bytes = 0;
  for (const entry of entriesUnder(folder)) {
    // A file may be renamed between the listing and this look.
    bytes += statSync(join(folder, entry), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}

/** None at a moment at which one of its folders vanishes: the next look sees the rest again, which is a sign of life too. */
function entriesUnder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/** Programs say what went wrong some lines before their end, above a stack trace or a usage. */
function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-LINES_SAID).join('\n').trim();
}
