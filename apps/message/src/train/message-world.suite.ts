import { randomUUID } from 'node:crypto';
import { BusClient, EmbeddedLog, type Subscription } from '#bus';
import {
  groupConversation,
  MESSAGE_COMMAND,
  partitionKey,
  TOPIC,
  TOPICS,
  type ClientMsgId,
  type ConversationId,
  type GroupId,
  type SendAnswer,
  type SendMessage,
  type StoredEvent,
  type StoredEvents,
  type UserId,
} from '#contracts';
import { silentTelemetry } from '#observability';
import { testDatabase, type TestDatabase } from '#testing';
import { MESSAGE_COLLECTIONS } from '../store/message.collections.js';
import { createMessageTrain } from './create-message-train.js';

export const team = groupConversation('team' as GroupId);

/** The message path on a real MongoDB and an embedded log, with as many owners as a test wants. */
export interface World {
  database: TestDatabase;
  log: EmbeddedLog;
  bus: BusClient;
  owners: Subscription[];
  /** Another message process joins the group. */
  addOwner(): Promise<void>;
  send(sender: UserId, id: string, to?: ConversationId, content?: string): Promise<SendAnswer>;
  rule(type: string, body: object): Promise<unknown>;
  published(): StoredEvent[];
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const telemetry = silentTelemetry('message');
  const database = await testDatabase(MESSAGE_COLLECTIONS);
  const log = await EmbeddedLog.inMemory();
  await log.createTopics(TOPICS);
  const bus = await BusClient.start({ log, service: 'test', instance: randomUUID(), telemetry });
  const owners: Subscription[] = [];
  const events: StoredEvent[] = [];
  await log.subscribe(TOPIC.stored, { group: 'listener', maxRecords: 100, maxBytes: 1e7 }, async ({ records }) => {
    await Promise.resolve();
    for (const { value } of records) events.push(...(JSON.parse(value.toString()) as StoredEvents).events);
  });
  return {
    database,
    log,
    bus,
    owners,
    addOwner: async () => {
      const handler = createMessageTrain({ database, log, bus, telemetry: silentTelemetry('message'), stopped: new Map() });
      const { topic, onTrain, ...options } = handler;
      owners.push(await log.subscribe(topic, { group: 'message', ...options, paceMs: 0 }, (train) => onTrain(train)));
    },
    send: (sender, id, to = team, content = '{"text":"hi"}') => {
      const payload: SendMessage = {
        conversationId: to,
        senderId: sender,
        clientMsgId: id as ClientMsgId,
        senderNickname: sender,
        senderAvatar: '',
        type: 'text',
        content,
        createdAt: 1,
      };
      return bus.command<SendAnswer>(TOPIC.send, { key: partitionKey(to), type: MESSAGE_COMMAND.send, payload });
    },
    rule: (type, body) =>
      bus.command(TOPIC.send, { key: partitionKey(team), type, payload: { commandId: randomUUID(), conversationId: team, ...body } }),
    published: () => events,
    close: async () => {
      await bus.close();
      await log.close();
      await database.close();
    },
  };
}
