import type { Document } from 'mongodb';
import { Database } from '#storage';
import { HectoCommand, type Outcome } from './support/hecto-command.js';
import { expectStatus, group, newName, person, text, type Person } from './support/people.js';
import { gateways } from './support/shape.js';
import { SHAPES } from './support/shapes.js';

const MESSAGES = 6;
const LIMIT_MS = 60_000;

/** The driver types ids as its own; ours are texts. */
const byId = (id: string): Document => ({ _id: id });

describe.each(SHAPES)('hecto check, $name', (shape) => {
  let database: Database;
  let people: { owner: Person; member: Person; former: Person };
  let team: { groupId: string; conversationId: string };

  const check = (...args: string[]): Promise<Outcome> => {
    // The test run's own Kafka is in its environment, and is not the log of a standalone server.
    const env = { ...process.env, HECTO_MONGO_URL: shape.mongoUrl, HECTO_KAFKA_BROKERS: shape.brokers };
    return new HectoCommand({ url: gateways(shape)[0], key: shape.adminKey }, ['check', '--settle', '500', ...args], env).outcome();
  };
  const checkTeam = () => check('--conversation', team.conversationId);
  const collection = (name: string) => database.db.collection(name);

  /** Straight in MongoDB, and undone after the test. */
  async function damaged(where: string, filter: Document, change: (document: Document) => Document | undefined, test: () => Promise<void>) {
    const before = await collection(where).findOne(filter);
    if (!before) throw new Error(`${where} has no such document`);
    const id = { _id: before._id };
    const after = change(structuredClone({ ...before, _id: undefined }));
    if (after) {
      delete after['_id'];
      await collection(where).replaceOne(id, after);
    } else await collection(where).deleteOne(id);
    await test().finally(() => collection(where).replaceOne(id, before, { upsert: true }));
  }

  const isFound = (rule: string) => async () => {
    const { code, output } = await checkTeam();
    expect(output).toMatch(new RegExp(`^!!  ${rule}: `, 'm'));
    expect(code).toBe(1);
  };

  beforeAll(async () => {
    database = new Database({ url: shape.mongoUrl, appName: 'test' });
    people = { owner: await person(shape), member: await person(shape, 1), former: await person(shape) };
    const { owner, member, former } = people;
    team = await group([owner, member, former]);
    for (let i = 0; i < MESSAGES; i += 1) {
      const to = { groupId: team.groupId };
      await expectStatus([owner, member][i % 2]!.api.post('/v1/messages', { to, ...text(`check-${i}`) }), 201);
    }
    const large = text(newName('large'), 'x'.repeat(10_000));
    await expectStatus(member.api.post('/v1/messages', { to: { userId: owner.userId }, ...large }), 201);
    await expectStatus(owner.api.delete(`/v1/groups/${team.groupId}/members/${former.userId}`), 204);
  }, LIMIT_MS);
  afterAll(() => database.close());

  it(
    'finds nothing in all that the services have stored, while they run',
    async () => {
      const { code, output } = await check();
      expect(output).toContain('All is as it must be.');
      expect(code).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    'finds a message that is gone',
    () => {
      const without = (bucket: Document) => ({ ...bucket, msgs: (bucket['msgs'] as unknown[]).filter((_, slot) => slot !== 2) });
      return damaged('msg', byId(`${team.conversationId}:0`), without, isFound('seqs'));
    },
    LIMIT_MS,
  );

  it(
    'finds a key that is gone: its message could be stored twice',
    async () => {
      const bucket = await collection('msg').findOne(byId(`${team.conversationId}:0`));
      const { seq, sent_at } = (bucket?.['msgs'] as { msg: Document }[])[1]!.msg;
      await damaged('msg_key', { result: seq as number, time: sent_at as number }, () => undefined, isFound('keys'));
    },
    LIMIT_MS,
  );

  it(
    'finds a window that is open to who was kicked',
    () => {
      const opened = (window: Document) => ({ ...window, closed: undefined });
      return damaged('seq_user', byId(`${people.former.userId}|${team.conversationId}`), opened, isFound('members'));
    },
    LIMIT_MS,
  );

  it(
    'finds a cursor that is beyond the last message',
    () => {
      const id = `${people.member.userId}|${team.conversationId}`;
      return damaged('seq_user', byId(id), (window) => ({ ...window, read_seq: MESSAGES + 1 }), isFound('cursors'));
    },
    LIMIT_MS,
  );

  it(
    'finds a group that a member’s list lacks',
    () => damaged('joined_group', byId(`${people.member.userId}|${team.groupId}`), () => undefined, isFound('members')),
    LIMIT_MS,
  );

  it(
    'finds nothing once all that is mended',
    async () => {
      expect(await checkTeam()).toMatchObject({ code: 0 });
    },
    LIMIT_MS,
  );
});
