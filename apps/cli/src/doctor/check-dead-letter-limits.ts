import type { TopicState } from '#bus';
import { consumerGroup, deadLetterTopic, TOPICS } from '#contracts';
import { fine, trouble, type Finding } from './finding.js';

const PART = 'dead letters';
const SERVICES = ['message', 'conversation', 'group', 'user'];

/**
 * Whether every record that a topic takes fits into its dead letters, with the headers that it gets on the way. One that doesn't could
 * neither be handled nor be put aside, and would hold up its partition. Topics that are missing are told of elsewhere.
 */
export function checkDeadLetterLimits(topics: readonly TopicState[]): Finding[] {
  const limits = new Map(topics.map(({ name, maxRecordBytes }) => [name, maxRecordBytes]));
  const found = pairs().flatMap(({ source, letters, headerBytes }) => {
    const [takes, keeps] = [limits.get(source), limits.get(letters)];
    if (takes === undefined || keeps === undefined || keeps >= takes + headerBytes) return [];
    const detail = `${letters} keeps records of up to ${keeps} bytes, ${source} takes ${takes}: a large one that fails would hold up its partition`;
    const config = `max.message.bytes=${takes + headerBytes}`;
    return [trouble(PART, detail, `kafka-configs.sh --alter --entity-type topics --entity-name ${letters} --add-config ${config}`)];
  });
  return found.length > 0 ? found : [fine(PART, 'keep whatever their topics take')];
}

function pairs(): { source: string; letters: string; headerBytes: number }[] {
  const declared = new Map(TOPICS.map(({ name, maxRecordBytes }) => [name, maxRecordBytes]));
  return TOPICS.flatMap(({ name: source, maxRecordBytes }) =>
    SERVICES.flatMap((service) => {
      const letters = deadLetterTopic(source, consumerGroup(service, source));
      const keeps = declared.get(letters);
      return keeps === undefined ? [] : [{ source, letters, headerBytes: keeps - maxRecordBytes }];
    }),
  );
}
