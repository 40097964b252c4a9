import { KafkaLog } from '#bus-kafka';
import { TOPICS } from '#contracts';
import { checkTopics } from '#runtime';

const SERVICES = ['message', 'conversation', 'group', 'user', 'gateway'];

/** Returns the exit code: 1 when a topic that exists is not as the services need it. */
export async function syncTopics(brokers: readonly string[], say: (line: string) => void): Promise<0 | 1> {
  const log = new KafkaLog({ brokers, clientId: 'hecto-cli' });
  try {
    const created = await log.createTopics(TOPICS);
    const problems = new Set((await Promise.all(SERVICES.map((service) => checkTopics(log, service)))).flat());
    for (const name of created) say(`created ${name}`);
    for (const problem of problems) say(problem);
    if (problems.size === 0) say(`All ${TOPICS.length} topics are there.`);
    return problems.size === 0 ? 0 : 1;
  } finally {
    await log.close();
  }
}
