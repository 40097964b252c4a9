import { deadLetterTopics, type DeadLetterTopic } from './dead-letter-topics.js';

/** Which dead letter: `3:17` of `message.send.v1`, or `group.rpc.v1/3:17`. */
export interface LetterAddress {
  topic: DeadLetterTopic;
  partition: number;
  offset: number;
}

/** Throws on what names none. The topic is that of the records, or that of their dead letters. */
export function parseAddress(text: string): LetterAddress {
  const parts = /^(?:(?<topic>[^/]+)\/)?(?<partition>\d{1,5}):(?<offset>\d{1,15})$/.exec(text)?.groups;
  if (!parts) throw new Error(`${text} is no place of a dead letter: say <partition>:<offset> or <topic>/<partition>:<offset>`);
  return { topic: topicNamed(parts['topic']), partition: Number(parts['partition']), offset: Number(parts['offset']) };
}

export function formatAddress({ topic, partition, offset }: LetterAddress): string {
  return `${topic.source}/${partition}:${offset}`;
}

/** Default: that of sends. */
export function topicNamed(name: string | undefined): DeadLetterTopic {
  const topics = deadLetterTopics();
  const found = name === undefined ? topics[0] : topics.find((topic) => topic.source === name || topic.name === name);
  if (!found) throw new Error(`${name ?? 'it'} has no dead letters; these have: ${topics.map(({ source }) => source).join(', ')}`);
  return found;
}
