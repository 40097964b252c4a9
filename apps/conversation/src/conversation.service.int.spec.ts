import { Controller, Module } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { newId, systemClock } from '#kernel';
import { Answers, BusClient, EmbeddedLog } from '#bus';
import {
  CONVERSATION_QUESTIONS,
  GetStates,
  groupConversation,
  ListByUser,
  MESSAGE_QUESTIONS,
  TOPIC,
  TOPICS,
  type ConversationChanged,
  type ConversationId,
  type ConversationState,
  type ConversationStates,
  type GroupId,
  type Preview,
  type UserId,
} from '#contracts';
import { silentTelemetry } from '#observability';
import { startService, type RunningService } from '#runtime';
import { testDatabase, waitFor, type TestDatabase } from '#testing';
import { CONVERSATION_COLLECTIONS } from './settings/settings.collections.js';
import { startConversation } from './start-conversation.js';

const STATES_A_PAGE = 2;
const [ann, bob] = ['ann', 'bob'] as UserId[] as [UserId, UserId];
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => groupConversation(id as GroupId)) as [
  ConversationId,
  ConversationId,
  ConversationId,
  ConversationId,
];

/** Ann's numbers, as the message service would tell them, in short pages. */
const states = new Map<ConversationId, ConversationState>();
const previewed: ConversationId[][] = [];

@Controller()
class MessagesController {
  @Answers(MESSAGE_QUESTIONS.listStates)
  list(@Payload() { userId, after }: ListByUser): ConversationStates {
    const sorted = [...states.keys()].sort().filter((id) => after === undefined || id > after);
    const ids = userId === ann ? sorted.slice(0, STATES_A_PAGE) : [];
    const next = sorted.length > ids.length ? (ids.at(-1) ?? null) : null;
    return { items: ids.map((id) => states.get(id)!), next };
  }

  @Answers(MESSAGE_QUESTIONS.getStates)
  get(@Payload() { userId, conversationIds }: GetStates): ConversationState[] {
    return userId === ann ? conversationIds.flatMap((id) => states.get(id) ?? []) : [];
  }

  @Answers(MESSAGE_QUESTIONS.getPreviews)
  previews(@Payload() { conversationIds }: GetStates): Record<string, Preview | null> {
    previewed.push(conversationIds);
    const previewOf = (id: ConversationId) => {
      const { lastAt = 0, maxSeq } = states.get(id) ?? {};
      return lastAt === 0 ? null : ({ seq: maxSeq, senderId: bob, type: 'text', excerpt: `"${id}"`, sentAt: lastAt } as Preview);
    };
    return Object.fromEntries(conversationIds.map((id) => [id, previewOf(id)]));
  }
}

@Module({ controllers: [MessagesController] })
class MessagesModule {}

describe('the conversation service', () => {
  let database: TestDatabase;
  let log: EmbeddedLog;
  let bus: BusClient;
  const services: RunningService[] = [];

  beforeAll(async () => {
    database = await testDatabase(CONVERSATION_COLLECTIONS);
    log = await EmbeddedLog.inMemory();
    await log.createTopics(TOPICS);
    bus = await BusClient.start({ log, service: 'test', instance: newId(), telemetry: silentTelemetry('test') });
    const messages = { log, clock: systemClock, telemetry: silentTelemetry('message') };
    services.push(await startService({ name: 'message', module: MessagesModule, parts: messages }));
    services.push(await startConversation({ log, clock: systemClock, telemetry: silentTelemetry('conversation'), database }));
  });
  afterAll(async () => {
    for (const service of services) await service.close();
    await bus.close();
    await log.close();
    await database.close();
  });
  beforeEach(async () => {
    await database.db.collection('conversation').deleteMany({});
    states.clear();
    previewed.length = 0;
    for (const [n, id] of [a, b, c, d].entries()) open(id, { lastAt: 100 * (n + 1) });
  });

  function open(conversationId: ConversationId, numbers: { lastAt?: number; openedAt?: number }): void {
    const seqs = { minSeq: 1, maxSeq: 7, readSeq: 5 } as Pick<ConversationState, 'minSeq' | 'maxSeq' | 'readSeq'>;
    states.set(conversationId, { conversationId, ...seqs, unread: 2, lastAt: 0, openedAt: 50, ...numbers });
  }
  const list = (limit = 10, cursor?: string) =>
    bus.ask(CONVERSATION_QUESTIONS.list, ann, { userId: ann, limit, ...(cursor !== undefined && { cursor }) });
  const listed = async () => (await list()).items.map(({ conversationId }) => conversationId);
  const update = (conversationId: ConversationId, change: { pinned?: boolean; muted?: boolean; draft?: string }, userId = ann) =>
    bus.ask(CONVERSATION_QUESTIONS.update, userId, { userId, conversationId, ...change });
  const get = (conversationId: ConversationId) => bus.ask(CONVERSATION_QUESTIONS.get, ann, { userId: ann, conversationId });

  it('lists a conversation with its defaults, as soon as the message service knows it', async () => {
    expect((await list(1)).items).toEqual([
      {
        ...{ conversationId: d, minSeq: 1, maxSeq: 7, readSeq: 5, unread: 2 },
        ...{ pinned: false, muted: false, draft: '', draftAt: 0, version: 0, sortedAt: 400 },
        latest: { seq: 7, senderId: bob, type: 'text', excerpt: `"${d}"`, sentAt: 400 },
      },
    ]);
    open(groupConversation('new' as GroupId), { openedAt: 500 });
    expect((await list(1)).items).toMatchObject([{ conversationId: 'sg_new', latest: null, sortedAt: 500 }]);
  });

  it('puts what is pinned first, then goes by the later of message and draft', async () => {
    await update(a, { pinned: true });
    await update(b, { draft: 'hel' });
    expect(await listed()).toEqual([a, b, d, c]);
    await update(b, { draft: '' });
    await update(a, { pinned: false });
    expect(await listed()).toEqual([d, c, b, a]);
  });

  it('shows pages, and asks for the previews of the page alone', async () => {
    const first = await list(3);
    const second = await list(3, first.nextCursor!);
    expect([...first.items, ...second.items].map(({ conversationId }) => conversationId)).toEqual([d, c, b, a]);
    expect(second.nextCursor).toBeNull();
    expect(previewed).toEqual([[d, c, b], [a]]);
    await expect(list(3, 'x')).rejects.toMatchObject({ code: 'invalid_cursor' });
  });

  it('shows nothing to whoever has no conversation, and asks for no previews', async () => {
    states.clear();
    expect(await list()).toEqual({ items: [], nextCursor: null });
    expect(previewed).toEqual([]);
  });

  it('answers an update with the row as it is now, and keeps it', async () => {
    const before = Date.now();
    const item = await update(b, { muted: true, draft: 'hel' });
    expect(item).toMatchObject({ conversationId: b, muted: true, pinned: false, draft: 'hel', version: 1, sortedAt: item.draftAt });
    expect(item.draftAt).toBeGreaterThanOrEqual(before);
    expect(await get(b)).toEqual(item);
    expect((await list()).items[0]).toEqual(item);
  });

  it('changes nothing, and raises no version, when it is as asked already', async () => {
    await update(b, { muted: true });
    expect(await update(b, { muted: true })).toMatchObject({ version: 1 });
    expect(await update(b, {})).toMatchObject({ version: 1 });
    expect(await update(a, {})).toMatchObject({ version: 0 });
  });

  it('loses no change of several at once', async () => {
    const drafts = Array.from({ length: 8 }, (_, n) => `draft ${n}`);
    // Under several keys: one key's questions wait for one another.
    const change = (draft: string) => bus.ask(CONVERSATION_QUESTIONS.update, draft, { userId: ann, conversationId: c, draft });
    await Promise.all([...drafts.map(change), update(c, { pinned: true })]);
    expect(await get(c)).toMatchObject({ pinned: true, version: 9 });
  });

  it('publishes each change', async () => {
    const events: ConversationChanged[] = [];
    const hear = { group: newId(), maxRecords: 100, maxBytes: 1_000_000 };
    const heard = await log.subscribe(TOPIC.conversationChanged, hear, ({ records }) => {
      events.push(...records.map(({ value }) => JSON.parse(value.toString()) as ConversationChanged));
      return Promise.resolve();
    });
    const conversationId = groupConversation('published' as GroupId);
    open(conversationId, {});
    await update(conversationId, { pinned: true });
    await update(conversationId, { draft: 'x' });
    const ours = () => events.filter((event) => event.conversationId === conversationId);
    await waitFor(() => ours().length === 2, { what: 'both events', withinMs: 5000 });
    expect(ours()).toMatchObject([
      { version: 1, userId: ann, settings: { pinned: true, draft: '' } },
      { version: 2, userId: ann, settings: { pinned: true, draft: 'x' } },
    ]);
    await heard.stop();
  });

  it('knows no conversation without an open window', async () => {
    const none = { code: 'conversation_not_found', detail: 'bob has no conversation sg_a' };
    await expect(update(a, { pinned: true }, bob)).rejects.toMatchObject(none);
    states.delete(a);
    await expect(get(a)).rejects.toMatchObject({ code: 'conversation_not_found' });
    expect(await database.db.collection('conversation').countDocuments()).toBe(0);
  });
});
