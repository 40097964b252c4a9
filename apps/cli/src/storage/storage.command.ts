import { Command, Option } from 'commander';

/** `hecto storage sync`: what the services need in MongoDB. */
export function storageCommand(): Command {
  const sync = new Command('sync')
    .description('create the collections and indexes that are missing, and make those anew that have changed')
    .addOption(new Option('--mongo <url>', 'the MongoDB, with the database in its path').env('HECTO_MONGO_URL').makeOptionMandatory())
    .action(async ({ mongo }: { mongo: string }) => {
      const { syncCollections } = await import('./sync-collections.js');
      await syncCollections(mongo, (line) => void process.stdout.write(`${line}\n`));
    });
  return new Command('storage').description("look after Hecto's collections in MongoDB").addCommand(sync);
}
