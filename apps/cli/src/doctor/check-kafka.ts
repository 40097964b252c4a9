import { KafkaLog } from '#bus-kafka';
import { TOPICS } from '#contracts';
import { checkTopics } from '#runtime';
import { checkDeadLetterLimits } from './check-dead-letter-limits.js';
import { fine, trouble, type Finding } from './finding.js';

const ANSWER_MS = 5000;
const SERVICES = ['gateway', 'message', 'conversation', 'group', 'user'];

export async function checkKafka(brokers: readonly string[]): Promise<Finding[]> {
  const log = new KafkaLog({ brokers, clientId: 'hecto-doctor' });
  try {
    if (!(await log.ping(ANSWER_MS))) {
      const advice =
        'start Kafka, or correct HECTO_KAFKA_BROKERS; check that this machine can reach the addresses that the brokers advertise';
      return [trouble('Kafka', `${brokers.join(', ')} does not answer`, advice)];
    }
    const problems = new Set((await Promise.all(SERVICES.map((service) => checkTopics(log, service)))).flat());
    const topics = [...problems].map((problem) => {
      const [detail = problem, advice = 'run `hecto topics sync`'] = problem.split(/: (?=run|`hecto)/);
      return trouble('topics', detail, advice);
    });
    const answers = fine('Kafka', `answers as cluster ${await log.identity()}`);
    const limits = checkDeadLetterLimits(await log.describeTopics(TOPICS.map(({ name }) => name)));
    return [answers, ...(topics.length > 0 ? topics : [fine('topics', `all ${TOPICS.length} are as they should be`)]), ...limits];
  } finally {
    await log.close();
  }
}
