import { Command } from 'commander';

interface GlobalFlags {
  url: string;
  data: string;
}

/** `hecto doctor`: what is wrong with an installation, and what to do about it. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check the servers, topics, schema, settings and the server that answers; exit code 1 when something is wrong')
    .addHelpText(
      'after',
      `
With HECTO_KAFKA_BROKERS set it looks at separate processes: Kafka and its topics, MongoDB (HECTO_MONGO_URL) and its collections, Redis
(HECTO_REDIS_URL), and the settings of every service as this environment has them. Without, at a standalone server and its data.`,
    )
    .action(async (_flags: unknown, command: Command) => {
      const { runDoctor } = await import('./run-doctor.js');
      const { url, data } = command.optsWithGlobals<GlobalFlags>();
      process.exitCode = await runDoctor({ url, dataDir: data, env: process.env, say: (line) => console.log(line) });
    });
}
