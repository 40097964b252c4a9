import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { GuardedProcess } from '#testing';
import type { Findings } from '../findings.js';

export interface Watched {
  name: string;
  process: GuardedProcess;
  logFile: string;
}

/** A stack trace of Node's, or where its code lies: nothing that a client may ever see. */
export const STACK_TRACE = /\n\s+at |\bat \S+ \(.*:\d+:\d+\)|node_modules|\/dist\/|\.[jt]s:\d+:\d+/;

/** Looks after processes under attack: none may end, and none may log an error. */
export class ProcessWatch {
  private readonly pids: Map<string, number>;
  private readonly read: Map<string, number>;

  constructor(private readonly watched: readonly Watched[]) {
    this.pids = new Map(watched.map(({ name, process }) => [name, process.pid]));
    this.read = new Map(watched.map(({ name, logFile }) => [name, statSync(logFile).size]));
  }

  /** What happened since the last look. `expected` are messages of errors that an attack is meant to cause. */
  look(findings: Findings, expected: readonly RegExp[] = []): void {
    for (const one of this.watched) {
      if (!one.process.running || one.process.pid !== this.pids.get(one.name)) findings.add(`${one.name} ended`, one.process.lastLines(5));
      for (const line of this.newLines(one)) {
        if (isTrouble(line) && !expected.some((pattern) => pattern.test(line))) findings.add(`${one.name} logged an error`, line);
      }
    }
  }

  private newLines({ name, logFile }: Watched): string[] {
    const [from, to] = [this.read.get(name) ?? 0, statSync(logFile).size];
    const chunk = Buffer.alloc(to - from);
    const file = openSync(logFile, 'r');
    readSync(file, chunk, 0, chunk.length, from);
    closeSync(file);
    const whole = chunk.subarray(0, chunk.lastIndexOf(0x0a) + 1);
    this.read.set(name, from + whole.length);
    return whole
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
  }
}

/** An error's line; a line that is no JSON comes from Node itself: a crash or a warning. */
function isTrouble(line: string): boolean {
  return /"level":"(error|fatal)"/.test(line) || !line.startsWith('{');
}
