import { TOPIC } from '#contracts';
import { Database } from '#storage';
import { ProgressRepository } from '../../../message/src/store/progress.repository.js';
import { adoptions, type Adoption } from './adoption.js';
import { messageProcesses } from './message-processes.js';
import { openLog, type LogPlace } from './open-log.js';

export interface AdoptRequest {
  mongo: string;
  log: LogPlace;
  mode: 'look' | 'adopt';
  say: (line: string) => void;
}

/** Returns the exit code: 1 when nothing was adopted though it is needed. */
export async function runAdopt({ mongo, log: place, mode, say }: AdoptRequest): Promise<0 | 1> {
  const database = new Database({ url: mongo, appName: 'hecto-cli' });
  const log = await openLog(place);
  try {
    const identity = await log.identity();
    const progress = new ProgressRepository(database, TOPIC.send);
    const ranges = await log.ranges(TOPIC.send);
    const plan = adoptions(identity, ranges, await progress.load(ranges.map(({ partition }) => partition)));
    say(`The log here now is ${identity}.`);
    for (const adoption of plan) say(describe(adoption));
    if (plan.every(({ reason }) => reason === undefined)) {
      say('Every partition can go on as it is: there is nothing to adopt.');
      return 0;
    }
    if (mode === 'look') {
      say('Nothing was changed. Stop the message processes, then run it again with --yes.');
      return 1;
    }
    await refuseWhileTheyRun(database);
    for (const { partition, to } of plan) await progress.adopt(partition, identity, to);
    say(`Adopted: all ${plan.length} partitions begin at the start of this log. Start the message processes.`);
    return 0;
  } finally {
    await log.close();
    await database.close();
  }
}

function describe({ partition, from, to, reason }: Adoption): string {
  const stands = from ? `stands at ${from.offset} (epoch ${from.epoch})` : 'was never worked on';
  return `  partition ${partition} ${stands}${reason === undefined ? '' : `, but ${reason}: would begin at ${to}`}`;
}

async function refuseWhileTheyRun(database: Database): Promise<void> {
  const running = await messageProcesses(database);
  if (running.length > 0) throw new Error(`Message processes are connected to this MongoDB (${running.join(', ')}): stop them first`);
}
