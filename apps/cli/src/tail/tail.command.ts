import { Command } from 'commander';
import { targetOf } from '../client/target.js';
import { positiveOption } from '../irc/irc-options.js';

interface Flags {
  as: string;
  lines: number;
}

/** `hecto tail`: a conversation as one of its members sees it grow. */
export function tailCommand(): Command {
  return new Command('tail')
    .description('follow a conversation as one of its members; Ctrl-C ends it')
    .argument('<conversation>', 'its id (si_…, sg_…)')
    .requiredOption('--as <user>', 'the member')
    .addOption(positiveOption('-n, --lines <n>', 'messages to begin with', 10))
    .action(async (conversationId: string, { as, lines }: Flags, command: Command) => {
      const { tail } = await import('./tail.js');
      await tail({ target: await targetOf(command), conversationId, userId: as, lines, say: (line) => console.log(line) });
    });
}
