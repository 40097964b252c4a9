import { KafkaLog } from '#bus-kafka';
import { TOPIC } from '#contracts';
import { checkStorage, Database } from '#storage';
import { ProgressRepository } from '../../../message/src/store/progress.repository.js';
import { ALL_COLLECTIONS } from '../../../standalone/src/all.collections.js';
import { adoptions } from '../log/adoption.js';
import { checkTransactionLimit } from './check-transaction-limit.js';
import { fine, trouble, type Finding } from './finding.js';

const ANSWER_MS = 5000;

/** MongoDB, its collections, and whether the progress in it belongs to the log of these brokers. */
export async function checkMongo(url: string, brokers: readonly string[] | undefined): Promise<Finding[]> {
  const database = new Database({ url, appName: 'hecto-doctor', serverSelectionTimeoutMs: ANSWER_MS });
  try {
    if (!(await database.ping(ANSWER_MS))) {
      return [trouble('MongoDB', 'does not answer', 'start it, or correct HECTO_MONGO_URL (host, port, user, replicaSet)')];
    }
    const server = [await checkReplicaSet(database), await checkTransactionLimit(database.db.admin())];
    const findings = [...server, ...(await checkCollections(database))];
    return brokers ? [...findings, ...(await checkProgress(database, brokers))] : findings;
  } finally {
    await database.close();
  }
}

async function checkReplicaSet(database: Database): Promise<Finding> {
  const hello = await database.db.admin().command({ hello: 1 });
  const set: unknown = hello['setName'];
  if (typeof set === 'string') return fine('MongoDB', `answers as replica set ${set}`);
  if (hello['msg'] === 'isdbgrid') return fine('MongoDB', 'answers as a sharded cluster');
  return trouble(
    'MongoDB',
    'is no replica set, so it has no transactions',
    'start mongod with --replSet, then run rs.initiate() in mongosh',
  );
}

async function checkCollections(database: Database): Promise<Finding[]> {
  const problems = await checkStorage(database, ALL_COLLECTIONS);
  const findings = problems.map(({ kind, message }) => {
    const [detail = message] = message.split(': run ');
    return trouble('schema', detail, kind === 'newer' ? 'run a newer Hecto' : 'run `hecto storage sync`');
  });
  return findings.length > 0 ? findings : [fine('schema', `all ${ALL_COLLECTIONS.length} collections are as they should be`)];
}

async function checkProgress(database: Database, brokers: readonly string[]): Promise<Finding[]> {
  const log = new KafkaLog({ brokers, clientId: 'hecto-doctor' });
  try {
    // Whether Kafka answers, and has the topic, is another check's finding.
    const ranges = (await log.ping(ANSWER_MS)) ? await log.ranges(TOPIC.send).catch(() => []) : [];
    if (ranges.length === 0) return [];
    const progress = await new ProgressRepository(database, TOPIC.send).load(ranges.map(({ partition }) => partition));
    const stopped = adoptions(await log.identity(), ranges, progress).flatMap(({ partition, reason }) =>
      reason ? [{ partition, reason }] : [],
    );
    const advice = 'if this log is meant to take the place of the other one, stop the message processes and run `hecto log adopt`';
    return stopped.length > 0
      ? stopped.map(({ partition, reason }) => trouble('progress', `partition ${partition}: ${reason}`, advice))
      : [fine('progress', 'every partition can go on in this log')];
  } finally {
    await log.close();
  }
}
