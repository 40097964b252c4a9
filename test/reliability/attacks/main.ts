import 'reflect-metadata';
import { Command } from 'commander';
import { renderReport, type AttackOptions, type AttackReport } from './report.js';
import { attackSockets } from './ws/attack-sockets.js';

interface Options {
  cases: string;
  seed: string;
}

const program = new Command('attack').description(
  'Generated bad input against servers of its own; fails when anything is found. The same seed plays the same attacks.',
);
command('ws', 'WebSocket frames: broken on purpose, mutated, and below the protocol', attackSockets);
await program.parseAsync();

function command(name: string, about: string, attack: (options: AttackOptions) => Promise<AttackReport>): void {
  program
    .command(name)
    .description(about)
    .option('--cases <n>', 'how many', '1000')
    .option('--seed <n>', 'what the dice begin with', String(Date.now() % 1_000_000))
    .action(async ({ cases, seed }: Options) => {
      const report = await attack({ cases: Number(cases), seed: Number(seed), say: (line) => process.stderr.write(`${line}\n`) });
      console.log(renderReport(report));
      process.exitCode = report.findings.count === 0 ? 0 : 1;
    });
}
