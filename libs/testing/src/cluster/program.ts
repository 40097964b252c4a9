import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { GuardedProcess } from '../servers/guarded-process.js';

export type ProgramName = 'gateway' | 'message' | 'conversation' | 'group' | 'user' | 'standalone' | 'cli';

const READY_WITHIN_MS = 60_000;
/** A program promises to end within 10 s; what takes longer is killed, and shows as `forced` in its exit. */
const STOP_WITHIN_MS = 11_000;

/** As the image sets them. A heap that may not grow far is collected early: half the resident memory, for a little CPU. */
const NODE_FLAGS = ['--enable-source-maps', '--max-old-space-size=512', '--max-semi-space-size=8'];

/** The built entry point of a program, from the folder of the repository. */
export function mainOf(program: ProgramName): string {
  const main = resolve('dist', 'apps', program, 'src', 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run \`npm run build\` in the repository's folder first`);
  return main;
}

export interface ProgramOptions {
  name: string;
  program: ProgramName;
  opsPort: number;
  env: Readonly<Record<string, string>>;
  logFile: string;
  scratch?: string;
}

/** One program of Hecto as a process; ready when `/health/ready` says so. */
export function programProcess({ name, program, opsPort, env, logFile, scratch }: ProgramOptions): GuardedProcess {
  return new GuardedProcess({
    name,
    command: process.execPath,
    args: [...NODE_FLAGS, mainOf(program)],
    env: { ...env, HECTO_OPS_PORT: String(opsPort) },
    logFile,
    ready: async () => (await fetch(`http://127.0.0.1:${opsPort}/health/ready`, { signal: AbortSignal.timeout(5000) })).ok,
    readyWithinMs: READY_WITHIN_MS,
    stopWithinMs: STOP_WITHIN_MS,
    scratch,
  });
}
