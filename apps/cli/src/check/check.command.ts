import { Command, InvalidArgumentError, Option } from 'commander';
import type { ConversationId } from '#contracts';

interface Flags {
  mongo?: string;
  brokers?: string;
  conversation?: string;
  json?: true;
  pause: number;
  settle: number;
  show: number;
}

/** `hecto check`: whether what is stored is as it must be. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'examine what is stored, while it serves: seqs, buckets, keys, bodies, counts, previews, windows, groups, progress, outboxes',
    )
    .addHelpText(
      'after',
      `
Reads all of it, page by page, each page as of one moment; memory stays small, however much there is. What seems wrong is looked at once
more after a moment, and printed if it is wrong still, with the documents and what to do. Nothing is changed. Exit code 1: something was
found. Without --brokers the progress is not compared with the log, unless a standalone server's data is examined while it is stopped.
With --conversation, windows of users whom its group does not remember (members of more than a day ago) are not looked at.`,
    )
    .addOption(
      new Option('--mongo <url>', 'the MongoDB, with the database in its path; without it, that of a standalone server here').env(
        'HECTO_MONGO_URL',
      ),
    )
    .addOption(new Option('--brokers <list>', 'some of the Kafka brokers').env('HECTO_KAFKA_BROKERS'))
    .option('--conversation <id>', 'only this one')
    .option('--json', 'one JSON object a line: each finding, then the counts')
    .option('--pause <ms>', 'how long to rest between two pages', milliseconds, 5)
    .option('--settle <ms>', 'how long to wait before looking again', milliseconds, 1500)
    .option('--show <n>', 'the most findings that are printed; all are counted', milliseconds, 200)
    .action(async ({ mongo, brokers, conversation, json, pause, settle, show }: Flags, command: Command) => {
      const { runCheck } = await import('./run-check.js');
      const { data } = command.optsWithGlobals<{ data: string }>();
      process.exitCode = await runCheck({
        mongo,
        brokers: brokers?.split(',').map((broker) => broker.trim()),
        dataDir: data,
        only: conversation as ConversationId | undefined,
        format: json ? 'json' : 'text',
        pauseMs: pause,
        settleMs: settle,
        maxShown: show,
        say: (line) => void process.stdout.write(`${line}\n`),
      });
    });
}

function milliseconds(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('It must be a whole number from 0 on.');
  return number;
}
