import { MongoServerError, type Document } from 'mongodb';
import { fine, trouble, type Finding } from './finding.js';

/** docs/adr/0008-transactions-of-killed-processes.md */
const LIMIT_S = 5;
const PARAMETER = 'transactionLifetimeLimitSeconds';
const PART = 'transactions';

/** What answers commands on the database `admin`. */
export interface AdminCommands {
  command(command: Document): Promise<Document>;
}

/** Whether MongoDB lets go soon of what a killed process had open in a transaction. */
export async function checkTransactionLimit(admin: AdminCommands): Promise<Finding> {
  try {
    const answer = await admin.command({ getParameter: 1, [PARAMETER]: 1 });
    return judge(answer[PARAMETER]);
  } catch (error) {
    // Not every user may ask, and a router of a sharded cluster does not know it.
    if (error instanceof MongoServerError) return unread(error.codeName ?? error.message);
    throw error;
  }
}

function judge(seconds: unknown): Finding {
  if (typeof seconds !== 'number') return unread('the answer has no number');
  if (seconds <= LIMIT_S) return fine(PART, `those of a killed process end after ${seconds} s`);
  return trouble(
    PART,
    `${PARAMETER} is ${seconds}: the conversations and groups that a killed process was writing refuse writes for that long`,
    `start every mongod with --setParameter ${PARAMETER}=${LIMIT_S}; until then, db.adminCommand({ setParameter: 1, ${PARAMETER}: ${LIMIT_S} }) on each`,
  );
}

function unread(why: string): Finding {
  return fine(PART, `${PARAMETER} could not be read (${why}); see that it is at most ${LIMIT_S} on every mongod`);
}
