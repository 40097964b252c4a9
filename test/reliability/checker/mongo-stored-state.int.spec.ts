import { Binary } from 'mongodb';
import { MESSAGE_COMMAND, type UserId } from '#contracts';
import { messageKey } from '../../../apps/message/src/train/message-key.js';
import { openWorld, team, type World } from '../../../apps/message/src/train/message-world.suite.js';
import { MSG, MSG_KEY } from '../../../apps/message/src/store/message.collections.js';
import { digestOf } from '../history/digest.js';
import type { HistoryLine, Operation, ReturnLine } from '../history/history.js';
import { check } from './check.js';
import { renderReport } from './print-report.js';
import { MongoStoredState } from './stored/mongo-stored-state.js';

const MESSAGES = 1234;
const AT_ONCE = 100;
const REPEATED = 100;
const USERS = ['alice', 'bob', 'carol'] as UserId[];

describe('a history against the MongoDB of the message service', () => {
  let world: World;
  let lines: HistoryLine[];

  beforeAll(async () => {
    world = await openWorld();
    lines = [];
    await world.addOwner();
    await world.rule(MESSAGE_COMMAND.openWindows, { commandId: 'first', conversationId: team, userIds: USERS, history: 'all' });
    for (let from = 0; from < MESSAGES; from += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, MESSAGES - from) }, (_, i) => send(`m-${from + i}`)));
    }
    await Promise.all(Array.from({ length: REPEATED }, (_, i) => send(`m-${i * 7}`)));
  }, 60_000);

  afterAll(() => world.close());

  async function send(clientMsgId: string): Promise<void> {
    const userId = USERS[Number(clientMsgId.slice(2)) % USERS.length]!;
    const content = JSON.stringify({ text: clientMsgId.repeat(clientMsgId.endsWith('99') ? 1500 : 1) });
    const digest = digestOf(JSON.parse(content));
    const operation: Operation = { type: 'send', over: 'http', to: { conversationId: team }, clientMsgId, digest };
    const call = lines.length;
    lines.push({ kind: 'call', at: 0, call, client: { userId, deviceId: 'd' }, operation });
    const { seq, messageId, replayed } = await world.send(userId, clientMsgId, team, content);
    const answer: NonNullable<ReturnLine['answer']> = { type: 'send', conversationId: team, seq, messageId, replayed };
    lines.push({ kind: 'return', at: 0, call, outcome: 'ok', answer });
  }

  it('finds nothing in what it stored, over many pages', async () => {
    const report = await check(lines, new MongoStoredState(world.database));
    expect(report.violations.length === 0 ? '' : renderReport(report)).toBe('');
    expect(report.counts).toMatchObject({ sends: MESSAGES + REPEATED, answered: MESSAGES + REPEATED, stored: MESSAGES, conversations: 1 });
  });

  it('names the slot, the calls and the promise when a bucket is gone, and the key when one is too many', async () => {
    await world.database.collection(MSG).deleteOne({ _id: `${team}:7` });
    const _id = new Binary(messageKey(team, 'alice', 'never-sent'));
    await world.database.collection(MSG_KEY).insertOne({ _id, place: 1, result: 1, time: 1, payload_hash: 'x' });
    const report = await check(lines, new MongoStoredState(world.database));
    expect(Object.fromEntries(report.totals)).toMatchObject({ 'stored-as-answered': expect.any(Number), 'dense-seqs': 1 });
    const text = renderReport(report);
    expect(text).toContain(`msg ${team}:7`);
    expect(text).toMatch(/line \d+: \{"kind":"call"/);
    expect(text).toContain('keys-match-slots');
  });
});
