import { checkData } from './check-data.js';
import { checkKafka } from './check-kafka.js';
import { checkMongo } from './check-mongo.js';
import { checkRedis } from './check-redis.js';
import { checkServer } from './check-server.js';
import { checkClusterSettings, checkStandaloneSettings } from './check-settings.js';
import { describeFinding, type Finding } from './finding.js';

export interface Patient {
  url: string;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
}

/** Returns the exit code: 1 when something is wrong. */
export async function runDoctor(patient: Patient): Promise<0 | 1> {
  const findings = (await Promise.all(checksOf(patient))).flat();
  for (const finding of findings) patient.say(describeFinding(finding));
  const wrong = findings.filter(({ ok }) => !ok).length;
  patient.say(wrong === 0 ? 'All is well.' : `${wrong} of ${findings.length} need attention.`);
  return wrong === 0 ? 0 : 1;
}

function checksOf({ url, dataDir, env }: Patient): Promise<Finding[]>[] {
  const { HECTO_KAFKA_BROKERS: brokers, HECTO_MONGO_URL: mongo, HECTO_REDIS_URL: redis } = env;
  const kafka = brokers?.split(',').map((broker) => broker.trim());
  const shape = kafka ? [checkClusterSettings(env), checkKafka(kafka)] : [checkStandaloneSettings(env), checkData(dataDir)];
  return [...shape, ...(mongo ? [checkMongo(mongo, kafka)] : []), ...(redis ? [checkRedis(redis)] : []), checkServer(url)];
}
