import { Command, Option } from 'commander';
import type { LogPlace } from '../log/open-log.js';

interface Flags {
  brokers?: string;
  topic?: string;
  json?: true;
  all?: true;
}

/** `hecto dlq list|show|replay`: the records that no service could handle. */
export function dlqCommand(): Command {
  return new Command('dlq')
    .description('look at the dead letters: records that no service could handle, and append them again')
    .addHelpText(
      'after',
      `
A dead letter is the record as it was, with the reason and the place it came from. Its place is <partition>:<offset> for those of sends and
rules (message.send.v1), <topic>/<partition>:<offset> for the others, as \`hecto dlq list\` prints it. Without --brokers it is the log of
the standalone server in --data, which must be stopped.`,
    )
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(replayCommand());
}

function listCommand(): Command {
  return withLog(new Command('list'))
    .description('all of them, each with its reason')
    .addOption(topicOption())
    .option('--json', 'one JSON object a line')
    .action(async ({ topic, json, ...flags }: Flags, command: Command) => {
      const { runList } = await import('./run-dlq.js');
      await runList({ ...request(flags, command), topic, format: json ? 'json' : 'text' });
    });
}

function showCommand(): Command {
  return withLog(new Command('show'))
    .description('all of one: headers and payload')
    .argument('<place>', '<partition>:<offset> or <topic>/<partition>:<offset>')
    .action(async (address: string, flags: Flags, command: Command) => {
      const { runShow } = await import('./run-dlq.js');
      await runShow({ ...request(flags, command), address });
    });
}

function replayCommand(): Command {
  return withLog(new Command('replay'))
    .description('append it again, to the topic it came from, with its key and headers')
    .argument('[place]', '<partition>:<offset> or <topic>/<partition>:<offset>')
    .option('--all', 'all of a topic, but for those of which a later letter tells the same')
    .addOption(topicOption())
    .addHelpText(
      'after',
      `
The record is a new one, behind all that came since: a send that was stored in the meantime (its sender has repeated it) is not stored
twice, a question whose asker has stopped waiting is passed over. What fails again is a new dead letter, which names this one.`,
    )
    .action(async (address: string | undefined, { all, topic, ...flags }: Flags, command: Command) => {
      if ((address === undefined) !== (all === true)) command.error('error: name one dead letter, or say --all');
      const { runReplay } = await import('./run-dlq.js');
      await runReplay({ ...request(flags, command), address, topic });
    });
}

function withLog(command: Command): Command {
  return command.addOption(new Option('--brokers <list>', 'some of the Kafka brokers').env('HECTO_KAFKA_BROKERS'));
}

function topicOption(): Option {
  return new Option('--topic <name>', 'only the dead letters of this topic');
}

function request({ brokers }: Flags, command: Command): { log: LogPlace; say: (line: string) => void } {
  const { data } = command.optsWithGlobals<{ data: string }>();
  return {
    log: brokers === undefined ? { dataDir: data } : { brokers: brokers.split(',').map((broker) => broker.trim()) },
    say: (line) => void process.stdout.write(`${line}\n`),
  };
}
