import { Command, InvalidArgumentError, Option } from 'commander';

export interface ChaosOptions {
  minutes: number;
  seed: number;
  faults: string;
  rate: number;
  users: number;
  mongoMembers?: 1 | 3;
  brokers?: 1 | 3;
  message: number;
  gateway: number;
  import?: string[];
  keep?: true;
}

export function parseOptions(args: readonly string[]): ChaosOptions {
  const program = new Command('chaos')
    .description('Runs a cluster of its own under load, plays faults on it, and checks that every promise was kept.')
    .option('--minutes <n>', 'how long faults are played, about; each of them once at least', number, 10)
    .option('--seed <n>', 'the same seed plays the same faults', number, 1)
    .option(
      '--faults <list>',
      'all (with --brokers 3 also those between brokers), anywhere, names, -names to leave out, or one scenario',
      'all',
    )
    .option('--rate <n>', 'sends a second', number, 300)
    .option('--users <n>', 'users who send them', number, 40)
    .addOption(members('--mongo-members <n>', "members of MongoDB's replica set"))
    .addOption(members('--brokers <n>', 'brokers of Kafka'))
    .option('--message <n>', 'message processes', number, 2)
    .option('--gateway <n>', 'gateway processes', number, 2)
    .option('--import <files...>', 'IRC logs that are imported meanwhile, and verified')
    .option('--keep', 'keep the logs and the history');
  program.parse([...args], { from: 'user' });
  return program.opts();
}

function members(flags: string, about: string): Option {
  return new Option(flags, `${about}, 1 or 3 (default: as the faults need it)`).argParser((text): 1 | 3 => {
    if (text === '1') return 1;
    if (text === '3') return 3;
    throw new InvalidArgumentError('It must be 1 or 3.');
  });
}

function number(text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
