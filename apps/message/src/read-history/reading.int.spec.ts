import { MESSAGE_COMMAND, type Seq, type UserId } from '#contracts';
import { waitFor } from '#testing';
import { ConversationStatesService } from '../conversation-states/conversation-states.service.js';
import { ReadCursorService } from '../read-cursor/read-cursor.service.js';
import { MessageBucketRepository } from '../store/message-bucket.repository.js';
import { SeqRepository } from '../store/seq.repository.js';
import { UserWindowRepository } from '../store/user-window.repository.js';
import { openWorld, team, type World } from '../train/message-world.suite.js';
import { ReaderWindows } from '../windows/reader-window.js';
import { ReadHistoryService } from './read-history.service.js';

const [alice, bob, carol] = ['alice', 'bob', 'carol'] as [UserId, UserId, UserId];
const seq = (n: number) => n as Seq;

describe('reading a conversation', () => {
  let world: World;
  let history: ReadHistoryService;
  let states: ConversationStatesService;
  let cursors: ReadCursorService;

  beforeEach(async () => {
    world = await openWorld();
    await world.addOwner();
    const buckets = new MessageBucketRepository(world.database);
    const seqs = new SeqRepository(world.database);
    const windows = new UserWindowRepository(world.database);
    const readers = new ReaderWindows(windows, seqs);
    history = new ReadHistoryService(readers, buckets);
    states = new ConversationStatesService(windows, seqs);
    cursors = new ReadCursorService(readers, windows, buckets);
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice], history: 'join' });
  });
  afterEach(() => world.close());

  const send = async (from: UserId, count: number, prefix: string) => {
    await Promise.all(Array.from({ length: count }, (_, i) => world.send(from, `${prefix}${i}`)));
  };
  const stateOf = async (userId: UserId) => (await states.get({ userId, conversationIds: [team] }))[0];

  const cursorAt = (userId: UserId, at: number) =>
    waitFor(async () => (await stateOf(userId))?.readSeq === at, { withinMs: 5000, what: `the cursor of ${userId} at ${at}` });

  it('shows a newcomer what came after him, and a kicked user nothing', async () => {
    await send(alice, 120, 'a');
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [bob], history: 'join' });
    await send(alice, 5, 'b');
    const ask = { userId: bob, conversationId: team };
    const page = await history.aroundSeq({ ...ask, afterSeq: seq(0), limit: 50 });
    expect(page).toMatchObject({ minSeq: 121, maxSeq: 125, complete: true });
    expect(page.items.map((message) => message.seq)).toEqual([121, 122, 123, 124, 125]);
    expect((await history.range({ ...ask, fromSeq: seq(1), toSeq: seq(120) })).items).toEqual([]);
    await world.rule(MESSAGE_COMMAND.closeWindows, { userIds: [bob] });
    await expect(history.aroundSeq({ ...ask, limit: 50 })).rejects.toMatchObject({ code: 'not_a_member' });
    expect(await stateOf(bob)).toBeUndefined();
    expect(await states.previews({ userId: bob, conversationIds: [team] })).toEqual({});
  });

  it('pages through buckets and says where it is complete', async () => {
    await send(alice, 230, 'a');
    const ask = { userId: alice, conversationId: team };
    const page = await history.range({ ...ask, fromSeq: seq(80), toSeq: seq(140) });
    expect(page.items.map((message) => message.seq)).toEqual(Array.from({ length: 50 }, (_, i) => 80 + i));
    expect(page.complete).toBe(false);
    const last = await history.aroundSeq({ ...ask, limit: 20 });
    expect(last.items.map((message) => message.seq)).toEqual(Array.from({ length: 20 }, (_, i) => 211 + i));
    expect((await history.aroundSeq({ ...ask, beforeSeq: seq(4), limit: 20 })).complete).toBe(true);
  });

  it('counts as unread what others sent behind the cursor, and hides the preview from before the window', async () => {
    await send(alice, 3, 'a');
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [bob, carol], history: 'join' });
    expect(await stateOf(bob)).toMatchObject({ unread: 0, minSeq: 4, maxSeq: 3, readSeq: 3, lastAt: 0 });
    expect(await states.previews({ userId: bob, conversationIds: [team] })).toEqual({ [team]: null });
    await send(alice, 4, 'b');
    expect(await stateOf(bob)).toMatchObject({ unread: 4, maxSeq: 7 });
    // A sender's cursor follows his sends beside the answers.
    await cursorAt(alice, 7);
    expect(await stateOf(alice)).toMatchObject({ unread: 0 });
    expect(await cursors.markRead({ userId: bob, conversationId: team, seq: seq(5) })).toMatchObject({ unread: 2, readSeq: 5 });
    await world.send(bob, 'mine');
    await cursorAt(bob, 8);
    expect(await stateOf(bob)).toMatchObject({ unread: 0 });
    expect(await stateOf(carol)).toMatchObject({ unread: 5, readSeq: 3 });
  });

  it('tells a gateway also of closed windows and where they closed, and a user of his open ones alone', async () => {
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [bob], history: 'join' });
    const [opened] = (await states.listWindows({ userId: bob })).items;
    expect(opened).toMatchObject({ conversationId: team, open: true });
    expect((await states.list({ userId: bob })).items).toHaveLength(1);
    await world.rule(MESSAGE_COMMAND.closeWindows, { userIds: [bob] });
    const { items, next } = await states.listWindows({ userId: bob });
    expect(items).toMatchObject([{ conversationId: team, open: false }]);
    expect([items[0]!.changedAt > opened!.changedAt, next]).toEqual([true, null]);
    expect((await states.list({ userId: bob })).items).toEqual([]);
  });

  it('moves a cursor forward only, and never out of the window', async () => {
    await send(alice, 3, 'a');
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [bob], history: 'join' });
    await send(alice, 3, 'b');
    const mark = (n: number) => cursors.markRead({ userId: bob, conversationId: team, seq: seq(n) });
    await mark(6);
    expect(await mark(4)).toMatchObject({ readSeq: 6, unread: 0 });
    await expect(mark(7)).rejects.toMatchObject({ code: 'outside_window' });
    await expect(mark(1)).rejects.toMatchObject({ code: 'outside_window' });
    await expect(cursors.markRead({ userId: carol, conversationId: team, seq: seq(4) })).rejects.toMatchObject({ code: 'not_a_member' });
  });
});
