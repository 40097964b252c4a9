import { Command, Option } from 'commander';
import { targetOf } from '../client/target.js';

interface Flags {
  as: string;
  to?: string;
  group?: string;
  conversation?: string;
  id?: string;
}

/** `hecto send`: one message, as a user. */
export function sendCommand(): Command {
  return new Command('send')
    .description('send a text message on behalf of a user, and print the answer')
    .argument('<text>', 'what it says')
    .requiredOption('--as <user>', 'who sends it')
    .addOption(new Option('--to <user>', 'to this user').conflicts(['group', 'conversation']))
    .addOption(new Option('--group <id>', 'to this group').conflicts(['to', 'conversation']))
    .addOption(new Option('--conversation <id>', 'into this conversation (si_…, sg_…)').conflicts(['to', 'group']))
    .option('--id <id>', 'the client message id: the same one again gets the first answer again (default: a new one)')
    .action(async (text: string, flags: Flags, command: Command) => {
      const { HttpApi } = await import('../client/http-api.js');
      const { newId } = await import('#kernel');
      const api = new HttpApi(await targetOf(command));
      try {
        const body = { ...targetIn(flags), senderId: flags.as, clientMsgId: flags.id ?? newId(), type: 'text', content: { text } };
        console.log(JSON.stringify(await api.call('POST', '/v1/messages', { body }), undefined, 2));
      } finally {
        api.close();
      }
    });
}

function targetIn({ to, group, conversation }: Flags): object {
  if (to !== undefined) return { to: { userId: to } };
  if (group !== undefined) return { to: { groupId: group } };
  if (conversation !== undefined) return { conversationId: conversation };
  throw new Error('say where to: --to <user>, --group <id> or --conversation <id>');
}
