import { Command } from 'commander';
import { targetOf } from '../client/target.js';
import { channelOption, positiveOption } from '../irc/irc-options.js';

interface Flags {
  channel: string;
  parallel: number;
}

/** `hecto verify irc`: what was imported, read back and compared. */
export function verifyCommand(): Command {
  const irc = new Command('irc')
    .description('read imported IRC logs back as their members do, and compare text, author, order and windows with the files')
    .argument('<files...>', 'the files that were imported')
    .addOption(channelOption())
    .addOption(positiveOption('--parallel <n>', 'requests at a time', 32))
    .action(async (files: string[], { channel, parallel }: Flags, command: Command) => {
      const { runVerify } = await import('./run-verify.js');
      process.exitCode = await runVerify({ target: await targetOf(command), files, channel, parallel });
    });
  return new Command('verify').description('check what was brought in').addCommand(irc);
}
