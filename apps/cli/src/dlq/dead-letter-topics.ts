import { TOPICS } from '#contracts';

export interface DeadLetterTopic {
  name: string;
  /** Where its records were. */
  source: string;
}

const SUFFIX = '.dlq';

/** Every topic of dead letters; that of sends first. */
export function deadLetterTopics(): DeadLetterTopic[] {
  return TOPICS.filter(({ name }) => name.endsWith(SUFFIX)).map(({ name }) => ({ name, source: sourceOf(name) }));
}

function sourceOf(deadLetterTopic: string): string {
  const source = TOPICS.find(({ name }) => !name.endsWith(SUFFIX) && deadLetterTopic.startsWith(`${name}.`));
  if (!source) throw new Error(`nobody's dead letters: ${deadLetterTopic}`);
  return source.name;
}
