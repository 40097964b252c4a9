import { Command, Option } from 'commander';

interface Flags {
  mongo: string;
  brokers?: string;
  yes?: true;
}

/** `hecto log adopt`: after the log was lost, or replaced by another. */
export function logCommand(): Command {
  const adopt = new Command('adopt')
    .description('take the log that is here now for the one that messages were taken from so far')
    .addHelpText(
      'after',
      `
The message service remembers, for each partition of message.send.v1, how far it has come in which log. When the log is another one
(a broker lost its disk, standalone data moved to a cluster), or no longer holds the place to go on from, the partition stops: going on
could skip what was promised. Adopting sets each partition to the beginning of the log that is here now. Stored messages stay. What had
been appended to the old log and was not stored yet is lost with it.

Stop the message processes (or the standalone server) first. Without --brokers it is the log of the standalone server in --data.`,
    )
    .addOption(new Option('--mongo <url>', 'the MongoDB, with the database in its path').env('HECTO_MONGO_URL').makeOptionMandatory())
    .addOption(new Option('--brokers <list>', 'some of the Kafka brokers').env('HECTO_KAFKA_BROKERS'))
    .option('--yes', 'adopt; without it, only say what would be done')
    .action(async ({ mongo, brokers, yes }: Flags, command: Command) => {
      const { runAdopt } = await import('./run-adopt.js');
      const { data } = command.optsWithGlobals<{ data: string }>();
      const say = (line: string) => void process.stdout.write(`${line}\n`);
      process.exitCode = await runAdopt({
        mongo,
        log: brokers ? { brokers: brokers.split(',') } : { dataDir: data },
        mode: yes ? 'adopt' : 'look',
        say,
      });
    });
  return new Command('log').description('look after the log that messages come through').addCommand(adopt);
}
