import type { Document } from 'mongodb';
import { directConversation, MESSAGE_COMMAND, TOPIC, type ConversationId, type UserId } from '#contracts';
import { testServers, waitFor, withDatabase } from '#testing';
import { syncStorage } from '#storage';
import { openWorld, team, type World } from '../../../message/src/train/message-world.suite.js';
import { ALL_COLLECTIONS } from '../../../standalone/src/all.collections.js';
import { Examination } from './examine/examination.js';
import { examineProgress } from './examine/progress.js';
import type { Finding } from './finding.js';
import { damages, msgsOf, pair, type Change } from './damages.suite.js';
import { runCheck, type CheckRequest } from './run-check.js';

const [alice, bob, carol] = ['alice', 'bob', 'carol'] as [UserId, UserId, UserId];
const self = directConversation(alice, alice);

describe('hecto check on what the message service stored', () => {
  let world: World;
  let said: string[];

  const collection = (name: string) => world.database.db.collection<Document & { _id: string }>(name);
  const request = (more: Partial<CheckRequest> = {}): CheckRequest => ({
    mongo: withDatabase(testServers().mongoUrl, world.database.db.databaseName),
    brokers: undefined,
    dataDir: 'none',
    only: undefined,
    format: 'text',
    pauseMs: 0,
    settleMs: 50,
    maxShown: 100,
    say: (line) => said.push(line),
    ...more,
  });
  const check = async (more?: Partial<CheckRequest>) => {
    said = [];
    const code = await runCheck(request(more));
    return { code, said: said.join('\n') };
  };

  beforeAll(async () => {
    world = await openWorld();
    await syncStorage(world.database, ALL_COLLECTIONS);
    await world.addOwner();
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice, bob, carol], history: 'all' });
    const large = JSON.stringify({ text: 'ä'.repeat(4000) });
    // More than one page of buckets in the group, and several small conversations that share a page.
    for (let from = 0; from < 620; from += 155) {
      const wave = Array.from({ length: 155 }, (_, i) => world.send(i % 3 ? alice : bob, `${from + i}`, team, i === 30 ? large : '{}'));
      await Promise.all(wave);
    }
    await Promise.all([world.send(alice, 'a', pair), world.send(bob, 'b', pair, large), world.send(alice, 'note', self)]);
    await world.rule(MESSAGE_COMMAND.closeWindows, { userIds: [carol] });
    await makeGroup();
  }, 60_000);
  afterAll(() => world.close());

  it('finds nothing, and says what it looked at', async () => {
    const { code, said: text } = await check();
    expect(text).toContain(
      'Looked at 3 conversations, 623 messages, 9 buckets, 5 bodies, 625 keys, 6 windows, 1 groups, 3 members, 0 partitions',
    );
    expect(text).toMatch(/All is as it must be\.$/);
    expect(code).toBe(0);
  });

  it('says the same as JSON, a line each', async () => {
    const { said: text } = await check({ format: 'json' });
    expect(JSON.parse(text)).toMatchObject({ counts: { conversations: 3 }, findings: 0, byRule: {} });
  });

  it.each(damages)('finds that $what, by the rule "$rule"', async ({ rule, where, id, change }) => {
    const undo = await damage(where, id, change);
    try {
      const { code, said: text } = await check();
      expect(text).toMatch(new RegExp(`^!!  ${rule}: .+\\n +in .+\\n +→ .+`, 'm'));
      expect(code).toBe(1);
    } finally {
      await undo();
    }
  });

  it('finds it in the one conversation that is named, and not in another', async () => {
    const undo = await damage('msg', `${pair}:0`, (bucket) => ({ ...bucket, msgs: [msgsOf(bucket)[0]] }));
    const of = (only: ConversationId) => check({ only });
    try {
      expect((await of(pair)).code).toBe(1);
      expect(said.join()).toContain('slot 1, of seq 2, is empty or missing');
      expect((await of(team)).said).toMatch(/Looked at 1 conversations, 620 messages, .* 3 members.*All is as it must be/s);
    } finally {
      await undo();
    }
  });

  it('takes members for settled only when no command of their group waits', async () => {
    const closed = await damage('seq_user', `bob|${team}`, (window) => ({ ...window, closed: true }));
    const waits = await damage('group_outbox', 'team|0000000000000009|00000000|x', () => ({
      entity: 'team',
      type: 'windows.open',
      created_at: new Date(),
    }));
    try {
      const { code, said: text } = await check();
      expect(text).toContain('1 outbox entries wait');
      expect(code).toBe(0);
    } finally {
      await Promise.all([closed(), waits()]);
    }
  });

  it.each([
    ['set back behind what was told', (progress: Document) => ({ ...progress, offset: 0 }), 'is committed: MongoDB is older than the log'],
    ['set ahead of the log', (progress: Document) => ({ ...progress, offset: 100_000 }), 'but the log ends at'],
    ['that of another log', (progress: Document) => ({ ...progress, log: 'other' }), 'it was counted in log other'],
  ])('compares the progress with the log: finds one %s', async (_what, change, detail) => {
    const progressOf = async (group: string) => {
      const found: Finding[] = [];
      const examination = new Examination({ database: world.database, pauseMs: 0, settleMs: 20, report: (each) => found.push(each) });
      await examineProgress(examination, world.log, group);
      return found;
    };
    const told = await waitFor(async () => (await world.log.ranges(TOPIC.send, 'message')).find(({ committed }) => committed), {
      withinMs: 5000,
      what: 'a partition whose offset is committed',
    });
    expect(await progressOf('message')).toEqual([]);
    const undo = await damage('progress', `${TOPIC.send}/${told.partition}`, (progress) => change(progress!));
    try {
      expect(await progressOf('message')).toMatchObject([{ rule: 'progress', detail: expect.stringContaining(detail) }]);
    } finally {
      await undo();
    }
  });

  it('reports all of a damage, prints no more than it was told to, and counts the rest', async () => {
    const undos = [await damage('msg', `${team}:3`, () => undefined), await damage('msg_body', `${pair}:2`, () => undefined)];
    const { said: text } = await check({ maxShown: 1 });
    for (const undo of undos) await undo();
    expect(text.match(/^!!/gm)).toHaveLength(1);
    expect(text).toMatch(/^1 more findings were not printed\.$/m);
    expect(text).toMatch(/^2 findings: bodies 1, buckets 1\.$|^2 findings: buckets 1, bodies 1\.$/m);
  });

  it('finds nothing while it serves, however many send, join and leave', async () => {
    const run = { on: true };
    const busy = (async () => {
      for (let wave = 0; run.on; wave++) {
        const more = Array.from({ length: 20 }, (_, i) => world.send(alice, `busy-${wave}-${i}`, i % 2 ? team : pair));
        await Promise.all([
          ...more,
          world.rule(wave % 2 ? MESSAGE_COMMAND.closeWindows : MESSAGE_COMMAND.openWindows, { userIds: [carol], history: 'all' }),
        ]);
      }
    })();
    try {
      for (let i = 0; i < 5; i++) {
        // Carol's group knows nothing of her coming and going here.
        const { said: text } = await check();
        expect(text.match(/^!! .*$/gm)?.filter((line) => !line.includes('carol')) ?? []).toEqual([]);
      }
    } finally {
      run.on = false;
      await busy;
    }
  }, 60_000);

  /** Puts another document in the place of one, or none; returns how to undo it. */
  async function damage(where: string, id: unknown, change: Change): Promise<() => Promise<void>> {
    const filter = { _id: id as string };
    const before = await collection(where).findOne(filter);
    const after = change((await collection(where).findOne(filter)) ?? undefined);
    const put = async (document: Document | null | undefined) => {
      if (document) await collection(where).replaceOne(filter, document, { upsert: true });
      else await collection(where).deleteOne(filter);
    };
    await put(after);
    return () => put(before);
  }

  async function makeGroup(): Promise<void> {
    const member = (user: string, more: Document) => ({
      _id: `team|${user}`,
      group_id: 'team',
      user_id: user,
      active: true,
      role: 'member',
      joined_at: new Date(),
      ...more,
    });
    await collection('group').insertOne({ _id: 'team', owner_id: alice, member_count: 2, status: 'active', version: 3 });
    await collection('group_member').insertMany([
      member('alice', { role: 'owner' }),
      member('bob', {}),
      member('carol', { active: false, removed_at: new Date() }),
    ]);
    const entry = (user: string) => ({ _id: `${user}|team`, user_id: user, group_id: 'team' });
    await collection('joined_group').insertMany([entry('alice'), entry('bob')]);
  }
});
