import { Command } from 'commander';
import { targetOf } from '../client/target.js';

interface Flags {
  device: string;
  create?: true;
}

/** `hecto token`: an access token to try things with. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('print an access token for a user, made with the admin key')
    .argument('<user>', 'the user id')
    .option('--device <id>', 'of the session that the token is for', 'cli')
    .option('--create', 'make the user first, if there is none')
    .action(async (userId: string, { device, create }: Flags, command: Command) => {
      const { HttpApi } = await import('../client/http-api.js');
      const { mintToken } = await import('../client/mint-token.js');
      const api = new HttpApi(await targetOf(command));
      try {
        if (create) await api.call('PUT', `/v1/users/${encodeURIComponent(userId)}`, { body: {} });
        const { accessToken, accessExpiresAt } = await mintToken(api, userId, device);
        // The token alone on standard output, for `$(hecto token alice)`.
        process.stdout.write(`${accessToken}\n`);
        process.stderr.write(`for ${userId}, until ${accessExpiresAt}\n`);
      } finally {
        api.close();
      }
    });
}
