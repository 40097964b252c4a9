import { Command } from 'commander';
import { targetOf } from '../client/target.js';
import { channelOption, positiveOption } from '../irc/irc-options.js';

interface Flags {
  channel: string;
  parallel: number;
}

/** `hecto import irc`: real conversations, through the public API. */
export function importCommand(): Command {
  const irc = new Command('irc')
    .description('import IRC logs: a group per file, a user per nickname; killed and run again, it goes on where it was')
    .argument('<files...>', 'logs of days of one channel')
    .addOption(channelOption())
    .addOption(positiveOption('--parallel <n>', 'files at a time', 32))
    .action(async (files: string[], { channel, parallel }: Flags, command: Command) => {
      const { runImport } = await import('./run-import.js');
      process.exitCode = await runImport({ target: await targetOf(command), files, channel, parallel });
    });
  return new Command('import').description('bring conversations in').addCommand(irc);
}
