import { Command } from 'commander';
import { Database } from '#storage';
import { check } from './check.js';
import { renderReport } from './print-report.js';
import { MongoStoredState } from './stored/mongo-stored-state.js';

interface Options {
  history: string;
  mongo: string;
}

const READ_TIMEOUT_MS = 120_000;

const program = new Command('check:history')
  .description('Holds the history of a run against what the servers hold in the end. Nothing may write meanwhile.')
  .requiredOption('--history <file>', 'what the clients did and saw: JSON lines, as in test/reliability/history/history.ts')
  .requiredOption('--mongo <url>', 'the MongoDB of the run, with the name of the database');
program.parse();
const { history, mongo } = program.opts<Options>();

const database = new Database({ url: mongo, appName: 'check-history', commandTimeoutMs: READ_TIMEOUT_MS });
try {
  const report = await check(history, new MongoStoredState(database));
  console.log(renderReport(report));
  process.exitCode = report.violations.length === 0 ? 0 : 1;
} finally {
  await database.close();
}
