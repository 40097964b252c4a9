export interface TopicSpec {
  name: string;
  partitions: number;
  /** Whose clock stamps a record. The message path decides by the broker's time alone. */
  timestamps: 'LogAppendTime' | 'CreateTime';
  retentionMs: number;
  maxRecordBytes: number;
  /** Flush to disk at every append: for the one topic whose records are promises, when there is a single broker. */
  flushEveryAppend?: boolean;
  /** Questions and answers: of use only while the process lives that asked. A log that outlived all its processes may forget them. */
  endsWithAskers?: boolean;
}

export type ServiceName = 'message' | 'conversation' | 'group' | 'user';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const TOPIC = {
  send: 'message.send.v1',
  stored: 'message.stored.v1',
  groupChanged: 'group.changed.v1',
  userChanged: 'user.changed.v1',
  conversationChanged: 'conversation.changed.v1',
  sessionRevoked: 'session.revoked.v1',
  reply: 'reply.v1',
} as const;

export function rpcTopic(service: ServiceName): string {
  return `${service}.rpc.v1`;
}

/** Where records go that a group of consumers can't handle. */
export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.${group}.dlq`;
}

/** The consumer group of a service on a topic. One group per topic: kafkajs' assigner ignores subscriptions (#1040). */
export function consumerGroup(service: string, topic: string): string {
  return `${service}--${topic}`;
}

const DEFAULT_PARTITIONS = 12;
const REPLY_PARTITIONS = 32;
const MAX_RECORD_BYTES = 1024 * 1024;
/** A dead letter is the record as it was, and headers that say why it is dead and where it came from. */
const DEAD_LETTER_HEADER_BYTES = 16 * 1024;
/** Longer than an access token lives (15 min): a gateway that reads it from the beginning knows every revoked one. */
const REVOKED_RETENTION_MS = 20 * MINUTE;

/** Every topic of Hecto; `hecto topics sync` creates them and each service checks those it uses at its start. */
export const TOPICS: readonly TopicSpec[] = [
  { ...topic(TOPIC.send, 7 * DAY), timestamps: 'LogAppendTime', flushEveryAppend: true },
  topic(TOPIC.stored, DAY),
  topic(TOPIC.groupChanged, 7 * DAY),
  topic(TOPIC.userChanged, 7 * DAY),
  topic(TOPIC.conversationChanged, 7 * DAY),
  topic(TOPIC.sessionRevoked, REVOKED_RETENTION_MS),
  { ...topic(TOPIC.reply, 10 * MINUTE), partitions: REPLY_PARTITIONS, endsWithAskers: true },
  ...(['message', 'conversation', 'group', 'user'] as const).map((service) => ({
    ...topic(rpcTopic(service), 10 * MINUTE),
    endsWithAskers: true,
  })),
  ...deadLetters(),
];

function deadLetters(): TopicSpec[] {
  const consumed = [
    ['message', TOPIC.send],
    ...(['message', 'conversation', 'group', 'user'] as const).map((service) => [service, rpcTopic(service)] as const),
  ] as const;
  return consumed.map(([service, name]) => ({
    ...topic(deadLetterTopic(name, consumerGroup(service, name)), 30 * DAY),
    maxRecordBytes: MAX_RECORD_BYTES + DEAD_LETTER_HEADER_BYTES,
  }));
}

function topic(name: string, retentionMs: number): TopicSpec {
  return { name, partitions: DEFAULT_PARTITIONS, timestamps: 'CreateTime', retentionMs, maxRecordBytes: MAX_RECORD_BYTES };
}
