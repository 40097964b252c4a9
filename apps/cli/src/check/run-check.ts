import { consumerGroup, parseConversationId, TOPIC, type ConversationId } from '#contracts';
import type { EventLog } from '#bus';
import { Database } from '#storage';
import { openLog } from '../log/open-log.js';
import { examineConversations } from './examine/conversations.js';
import { Examination } from './examine/examination.js';
import { examineGroup, examineGroups } from './examine/groups.js';
import { examineJoinedGroups } from './examine/joined-groups.js';
import { examineOrphans } from './examine/orphans.js';
import { Outboxes } from './examine/outboxes.js';
import { examineProgress } from './examine/progress.js';
import { examinePairWindows, examineWindows } from './examine/windows.js';
import { Report, type ReportOptions } from './report.js';
import { standaloneMongo } from './store/standalone-mongo.js';

export interface CheckRequest extends ReportOptions {
  /** Undefined: that of the standalone server in `dataDir`. */
  mongo: string | undefined;
  brokers: readonly string[] | undefined;
  dataDir: string;
  /** Undefined: everything. */
  only: ConversationId | undefined;
  pauseMs: number;
  settleMs: number;
}

/** Counting the keys of a conversation with millions of messages takes a while. */
const COMMAND_MS = 120_000;
const ANSWER_MS = 5000;

/** Returns the exit code: 1 when something was found. */
export async function runCheck(request: CheckRequest): Promise<0 | 1> {
  const standalone = request.mongo === undefined ? await standaloneMongo(request.dataDir) : undefined;
  const url = request.mongo ?? standalone?.url ?? '';
  const database = new Database({ url, appName: 'hecto-check', commandTimeoutMs: COMMAND_MS });
  const log = await openTheLog(request, standalone?.running === false);
  const began = performance.now();
  const report = new Report(request);
  const { pauseMs, settleMs } = request;
  const examination = new Examination({ database, pauseMs, settleMs, report: (finding) => report.add(finding) });
  try {
    if (!(await database.ping(ANSWER_MS))) throw new Error('MongoDB does not answer: start it, or name it by --mongo');
    if (request.only === undefined) await examineAll(examination, log);
    else await examineOne(examination, request.only);
    const notes = log || request.only !== undefined ? [] : ['The progress was not compared with the log: name its brokers by --brokers.'];
    return report.end(examination.counts, notes, (performance.now() - began) / 1000);
  } finally {
    await log?.close();
    await database.close();
    await standalone?.stop();
  }
}

/** Kafka, or the log of a standalone server that is stopped; undefined: neither can be looked at. */
async function openTheLog({ brokers, dataDir }: CheckRequest, isStopped: boolean): Promise<EventLog | undefined> {
  if (brokers) return openLog({ brokers: [...brokers] });
  return isStopped ? openLog({ dataDir }) : undefined;
}

/** A new check of what is stored is one line here. */
async function examineAll(examination: Examination, log: EventLog | undefined): Promise<void> {
  const outboxes = await Outboxes.look(examination);
  if (log) await examineProgress(examination, log, consumerGroup('message', TOPIC.send));
  await examineConversations(examination);
  await examineWindows(examination);
  await examineGroups(examination);
  await examineJoinedGroups(examination);
  await examineOrphans(examination);
  await outboxes.lookAgain();
}

async function examineOne(examination: Examination, conversation: ConversationId): Promise<void> {
  const parsed = parseConversationId(conversation);
  if (!parsed) throw new Error(`${conversation} is no conversation id (si_…, sg_…)`);
  await examineConversations(examination, conversation);
  if (examination.counts.conversations === 0) throw new Error(`There is no conversation ${conversation}`);
  if (parsed.kind === 'group') await examineGroup(examination, parsed.groupId);
  else await examinePairWindows(examination, conversation);
}
