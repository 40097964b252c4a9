import { Command, Option } from 'commander';

/** `hecto topics sync`: what the services need in Kafka. */
export function topicsCommand(): Command {
  const sync = new Command('sync')
    .description('create the topics that are missing; never changes one that exists')
    .addOption(new Option('--brokers <list>', 'some of the Kafka brokers').env('HECTO_KAFKA_BROKERS').makeOptionMandatory())
    .action(async ({ brokers }: { brokers: string }) => {
      const { syncTopics } = await import('./sync-topics.js');
      process.exitCode = await syncTopics(brokers.split(','), (line) => void process.stdout.write(`${line}\n`));
    });
  return new Command('topics').description("look after Hecto's topics in Kafka").addCommand(sync);
}
