import { Command, Option } from 'commander';

/** Each is loaded only when it is asked for: `hecto` starts fast, however much one of them needs. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check/check.command.js')).checkCommand(),
  dlq: async () => (await import('./dlq/dlq.command.js')).dlqCommand(),
  doctor: async () => (await import('./doctor/doctor.command.js')).doctorCommand(),
  topics: async () => (await import('./topics/topics.command.js')).topicsCommand(),
  storage: async () => (await import('./storage/storage.command.js')).storageCommand(),
  log: async () => (await import('./log/log.command.js')).logCommand(),
  token: async () => (await import('./token/token.command.js')).tokenCommand(),
  send: async () => (await import('./send/send.command.js')).sendCommand(),
  tail: async () => (await import('./tail/tail.command.js')).tailCommand(),
  import: async () => (await import('./import-irc/import-irc.command.js')).importCommand(),
  verify: async () => (await import('./verify-irc/verify-irc.command.js')).verifyCommand(),
  cluster: async () => (await import('./cluster/cluster.command.js')).clusterCommand(),
};

/** The program with the command that `args` names, or with all of them, for the help. */
export async function hecto(args: readonly string[]): Promise<Command> {
  const program = new Command('hecto')
    .description('Work with a Hecto server, and look after one.')
    .addOption(new Option('--url <url>', 'where the server is').env('HECTO_URL').default('http://127.0.0.1:8080'))
    .addOption(new Option('--key <key>', 'an admin key (hk_…); without it, that of a standalone server here').env('HECTO_ADMIN_KEY'))
    .addOption(new Option('--data <folder>', 'the data of a standalone server here').env('HECTO_DATA_DIR').default('./data'));
  const named = args.find((arg) => Object.hasOwn(COMMANDS, arg));
  const loading = named === undefined ? Object.values(COMMANDS) : [COMMANDS[named]];
  for (const command of await Promise.all(loading.map(async (load) => load?.()))) if (command) program.addCommand(command);
  return program;
}
