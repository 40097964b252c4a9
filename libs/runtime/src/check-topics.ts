import { consumerGroup, TOPICS, type TopicSpec } from '#contracts';
import type { EventLog, TopicState } from '#bus';

/** What is wrong with the topics that `service` uses, each with what to do; empty when it may start. */
export async function checkTopics(log: EventLog, service: string): Promise<string[]> {
  const specs = topicsOf(service);
  const states = await log.describeTopics(specs.map(({ name }) => name));
  const byName = new Map(states.map((state) => [state.name, state]));
  return specs.flatMap((spec) => describeDifference(spec, byName.get(spec.name)) ?? []);
}

/** All but the dead letters of others: the same few topics run through every service. */
function topicsOf(service: string): TopicSpec[] {
  const ofOthers = (name: string) => name.endsWith('.dlq') && !name.includes(`.${consumerGroup(service, '')}`);
  return TOPICS.filter(({ name }) => !ofOthers(name));
}

function describeDifference(spec: TopicSpec, state: TopicState | undefined): string | undefined {
  if (!state) return `topic ${spec.name} is missing: run \`hecto topics sync\``;
  const different = [
    state.partitions === spec.partitions ? '' : `${state.partitions} partitions instead of ${spec.partitions}`,
    state.timestamps === spec.timestamps ? '' : `${state.timestamps} timestamps instead of ${spec.timestamps}`,
  ].filter(Boolean);
  if (different.length === 0) return undefined;
  return `topic ${spec.name} has ${different.join(' and ')}: \`hecto topics sync\` never changes a topic that exists; delete it or mend it by hand`;
}
