import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { catchUp } from './catch-up/catch-up.js';
import { heap } from './heap/heap.js';
import { hostileSockets } from './hostile/hostile-sockets.js';
import { overload } from './overload/overload.js';
import { renderReport, type EnduranceOptions, type EnduranceReport } from './report.js';

type Options = Omit<EnduranceOptions, 'say' | 'rate'> & { rate?: number; unread: number };

const program = new Command('endure').description(
  'A cluster of its own under more than it can take, or for long. Prints its figures; fails when anything answered is lost, an error is not retryable, or memory is not bounded.',
);
const began = performance.now();
const say = (line: string) => process.stderr.write(`[${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s] ${line}\n`);

command('overload', 'twice the rate that the cluster sustains (--rate: what it sustains; default: measured first)', 2, (options) =>
  overload({ ...options, rate: options.rate, say }),
);
command(
  'hostile-sockets',
  'sockets that never read, say nothing, or have bad tokens, beside well-behaved ones (--minutes: of each)',
  1.5,
  (options) => hostileSockets({ ...options, rate: options.rate ?? 50, say }),
);
command('heap', 'steady load: the slope of every heap after full collections', 20, (options) =>
  heap({ ...options, rate: options.rate ?? 100, say }),
);
command('catch-up', 'records wait until all message processes start again', 0, (options) => catchUp({ ...options, say }));
await program.parseAsync();

function command(name: string, about: string, minutes: number, run: (options: Options) => Promise<EnduranceReport>): void {
  program
    .command(name)
    .description(about)
    .option('--minutes <n>', 'how long', number, minutes)
    .option('--rate <n>', 'sends a second', number)
    .option('--seed <n>', 'in the names of users, and so it chooses their partitions', number, 1)
    .option('--message <n>', 'message processes', number, 1)
    .option('--gateway <n>', 'gateway processes', number, 1)
    .option('--unread <n>', 'of catch-up: records that wait', number, 10_000)
    .action(async (options: Options) => {
      const report = await run(options);
      await new Promise((resolve) => process.stdout.write(`${renderReport(report)}\n`, resolve));
      // Whatever is still open: a client that hangs must not keep a run from its end.
      process.exit(report.broken.length === 0 ? 0 : 1);
    });
}

function number(text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
