import type { Message, TopicMessages } from 'kafkajs';
import type { Waiting } from './append-ticket.js';
import type { Lane } from './lane.js';

/** The batches of these lanes as one request. */
export function produceRequest(lanes: readonly Lane[]): TopicMessages[] {
  const byTopic = new Map<string, Message[]>();
  for (const { topic, partition, batch } of lanes) {
    const messages = byTopic.get(topic) ?? [];
    byTopic.set(topic, messages);
    for (const waiting of batch) messages.push(messageOf(waiting, partition));
  }
  return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
}

function messageOf({ record: { key, value, headers } }: Waiting, partition: number): Message {
  return { key, value, headers: { ...headers }, partition };
}
