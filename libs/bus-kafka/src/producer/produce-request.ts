import type { Message, TopicMessages } from 'kafkajs';
import type { Waiting } from './append-ticket.js';
import type { Lane } from './lane.js';

/** The next batch of each lane, as one request. */
export class ProduceRequest {
  readonly topicMessages: TopicMessages[];

  constructor(lanes: readonly Lane[]) {
    const byTopic = new Map<string, Message[]>();
    for (const lane of lanes) {
      const messages = byTopic.get(lane.topic) ?? [];
      byTopic.set(lane.topic, messages);
      for (const waiting of lane.depart()) messages.push(messageOf(waiting, lane.partition));
    }
    this.topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  }

  get topics(): string[] {
    return this.topicMessages.map(({ topic }) => topic);
  }
}

function messageOf({ record: { key, value, headers } }: Waiting, partition: number): Message {
  return { key, value, headers: { ...headers }, partition };
}
