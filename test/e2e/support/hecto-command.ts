import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface Outcome {
  code: number | null;
  output: string;
}

/** `hecto` as somebody types it. */
export class HectoCommand {
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private output = '';

  constructor(target: { url: string; key: string }, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    const main = resolve('dist/apps/cli/src/main.js');
    this.child = spawn(process.execPath, [main, '--url', target.url, '--key', target.key, ...args], { env });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  async outcome(): Promise<Outcome> {
    await this.ended;
    return { code: this.child.exitCode, output: this.output };
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export function hecto(target: { url: string; key: string }, ...args: string[]): Promise<Outcome> {
  return new HectoCommand(target, args).outcome();
}
