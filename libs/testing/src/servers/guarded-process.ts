import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { waitFor } from '../wait-for.js';
import { guard } from './guardian.js';

export interface ProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string | undefined>>;
  /** Gets standard output and error, appended. */
  logFile: string;
  /** Whether it serves; may throw for "not yet". */
  ready: () => Promise<boolean>;
  /** How long it may take until it serves (ms). */
  readyWithinMs: number;
  /** How `stop` ends it (default SIGTERM); killed when it has not ended within `stopWithinMs` (default 10,000). */
  stopSignal?: NodeJS.Signals;
  stopWithinMs?: number;
  /** A folder that is removed when this process (the parent) is gone. */
  scratch?: string | undefined;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** It had to be killed, because it did not end in time. */
  forced: boolean;
}

/** A child process that can be killed and started again with the same arguments, and that never outlives its parent. */
export class GuardedProcess {
  private child: ChildProcess | undefined;

  constructor(readonly spec: ProcessSpec) {}

  get name(): string {
    return this.spec.name;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** Of the running process; throws when there is none. */
  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error(`${this.name} is not running`);
    return pid;
  }

  /** Starts it, again after a kill or a stop; resolves when it serves. */
  async start(): Promise<void> {
    const child = this.launch();
    await waitFor(() => child.exitCode !== null || child.signalCode !== null || this.spec.ready(), {
      withinMs: this.spec.readyWithinMs,
      what: `${this.name} to be ready (${this.spec.logFile})`,
      everyMs: 50,
    }).catch(async (error: unknown) => {
      await this.kill('SIGKILL');
      throw new Error(`${String(error)}\n${this.lastLines()}`, { cause: error });
    });
    if (!this.running) throw new Error(`${this.name} ended before it was ready (${this.spec.logFile}):\n${this.lastLines()}`);
  }

  /** Sends a signal that does not end it (SIGSTOP, SIGCONT, SIGHUP). */
  signal(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal);
  }

  /** Sends the signal and resolves when the process has ended; nothing happens when it had ended before. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    process.kill(this.pid, signal);
    await ended;
  }

  /** Ends it as its operator would, and kills it when it takes too long. */
  async stop(): Promise<Exit> {
    const child = this.child;
    if (child === undefined) return { code: null, signal: null, forced: false };
    let forced = false;
    const timer = setTimeout(() => {
      forced = true;
      child.kill('SIGKILL');
    }, this.spec.stopWithinMs ?? 10_000);
    await this.kill(this.spec.stopSignal ?? 'SIGTERM');
    clearTimeout(timer);
    return { code: child.exitCode, signal: child.signalCode, forced };
  }

  /** The end of its log, for an error message. */
  lastLines(count = 25): string {
    return readFileSync(this.spec.logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  }

  private launch(): ChildProcess {
    if (this.running) throw new Error(`${this.name} is running already`);
    const { command, args, env, logFile, scratch } = this.spec;
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const child = spawn(command, args, { stdio: ['ignore', log, log], detached: true, env: { ...process.env, ...env } });
    closeSync(log);
    child.once('error', () => (this.child = undefined));
    if (child.pid === undefined) throw new Error(`${this.name} could not be started: ${command}`);
    const guardian = guard(child.pid, scratch);
    child.once('exit', () => {
      guardian.dismiss();
      if (this.child === child) this.child = undefined;
    });
    this.child = child;
    return child;
  }
}
