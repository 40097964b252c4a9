import 'reflect-metadata';
import { Command } from 'commander';
import { attackBus } from './bus/attack-bus.js';
import { attackHttp } from './http/attack-http.js';
import { renderReport, type AttackOptions, type AttackReport } from './report.js';
import { attackSockets } from './ws/attack-sockets.js';

interface Options {
  cases: string;
  seed: string;
}

const program = new Command('attack').description(
  'Generated bad input against servers of its own; fails when anything is found. The same seed plays the same attacks.',
);
command('http', 'HTTP requests that schemathesis makes from the OpenAPI file; fetches it from the Python package index', attackHttp);
command('ws', 'WebSocket frames: broken on purpose, mutated, and below the protocol', attackSockets);
command('bus', 'records of the log that no service has written, on a Kafka of its own', attackBus);
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
