import fc from 'fast-check';
import { HEADER } from '#bus';
import {
  directConversation,
  MESSAGE_COMMAND,
  partitionKey,
  TOPIC,
  type ConversationId,
  type SendAnswer,
  type Seq,
  type UserId,
} from '#contracts';
import { silentTelemetry } from '#observability';
import { waitFor } from '#testing';
import { MessageBucketRepository } from '../store/message-bucket.repository.js';
import { createMessageTrain } from './create-message-train.js';
import { openWorld, team, type World } from './message-world.suite.js';

const [alice, bob] = ['alice', 'bob'] as [UserId, UserId];

describe('the message train on MongoDB', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const stored = (conversation: ConversationId) => new MessageBucketRepository(world.database).between(conversation, 1 as Seq, 500 as Seq);

  it('answers a send when it is stored, with its seq, and publishes it', async () => {
    await world.addOwner();
    const direct = directConversation(alice, bob);
    const answers = await Promise.all([world.send(alice, '1', direct), world.send(bob, '1', direct), world.send(alice, '2', direct)]);
    expect(answers.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const messages = await stored(direct);
    expect(messages.map(({ seq, senderId, messageId }) => [seq, senderId, messageId])).toEqual(
      answers.map(({ seq, messageId }, i) => [seq, i === 1 ? bob : alice, messageId]),
    );
    await waitFor(() => world.published().length === 3, { withinMs: 5000, what: 'three stored events' });
  });

  it('fills buckets of a hundred, across trains', async () => {
    await world.addOwner();
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice], history: 'join' });
    const large = JSON.stringify('x'.repeat(6000));
    const answers = await Promise.all(
      Array.from({ length: 250 }, (_, i) => world.send(alice, String(i), team, i % 50 === 0 ? large : '{}')),
    );
    expect(answers.map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, i) => i + 1));
    const messages = await stored(team);
    expect(messages.map(({ clientMsgId }) => clientMsgId)).toEqual(Array.from({ length: 250 }, (_, i) => String(i)));
    expect(messages[50]?.content).toBe(large);
    const buckets = await world.database.db.collection('msg').find().sort({ index: 1 }).toArray();
    expect(buckets.map(({ msgs }) => (msgs as unknown[]).length)).toEqual([100, 100, 50]);
  });

  it('sets an unreadable record aside with the reason, and goes on', async () => {
    await world.addOwner();
    await world.log.append(TOPIC.send, [
      { key: partitionKey(team), value: Buffer.from('not json'), headers: { type: MESSAGE_COMMAND.send } },
    ]);
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice], history: 'join' });
    expect((await world.send(alice, '1')).seq).toBe(1);
    const dead: string[] = [];
    await world.log.subscribe(
      'message.send.v1.message--message.send.v1.dlq',
      { group: 'dead', maxRecords: 9, maxBytes: 1e6 },
      async ({ records }) => {
        await Promise.resolve();
        dead.push(...records.map(({ headers }) => headers[HEADER.reason] ?? ''));
      },
    );
    await waitFor(() => dead.length === 1, { withinMs: 5000, what: 'one dead letter' });
    expect(dead[0]).toContain('JSON');
  });

  it('sets a record aside that fails again and again, and stores what is behind it', async () => {
    await world.addOwner();
    const damaged = directConversation(alice, bob);
    await world.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice], history: 'join' });
    await world.send(alice, '1', damaged);
    await world.database.db.collection('msg').deleteMany({ conversation_id: damaged });
    const [failed, stored1] = await Promise.allSettled([world.send(alice, '2', damaged), world.send(alice, '1')]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'internal', retryable: true } });
    expect(stored1).toMatchObject({ status: 'fulfilled', value: { seq: 1 } });
    expect(await world.database.db.collection('msg').countDocuments()).toBe(1);
  });

  it.each(['taken away', 'taken away and given back'])('decides nothing of a partition that is %s while the train loads', async (how) => {
    const handler = createMessageTrain({ ...world, telemetry: silentTelemetry('message'), stopped: new Map() });
    const state = { partition: 0, committed: undefined, earliest: 0, latest: 1 };
    const direct = directConversation(alice, bob);
    const body = {
      conversationId: direct,
      senderId: alice,
      clientMsgId: '1',
      senderNickname: '',
      senderAvatar: '',
      type: 'text',
      content: '{}',
      createdAt: 1,
    };
    const headers = { [HEADER.type]: MESSAGE_COMMAND.send };
    const record = {
      topic: TOPIC.send,
      partition: 0,
      offset: 0,
      key: partitionKey(direct),
      value: Buffer.from(JSON.stringify(body)),
      headers,
      timestamp: 1,
    };
    await handler.startAt!(state);
    const running = handler.onTrain({ records: [record] });
    handler.onRevoked!([0]);
    if (how.endsWith('back')) await handler.startAt!(state);
    await expect(running).rejects.toThrow('progress');
    expect(await stored(direct)).toEqual([]);
    expect(world.published()).toEqual([]);
    await handler.startAt!(state);
    await handler.onTrain({ records: [record] });
    expect((await stored(direct)).map(({ seq }) => seq)).toEqual([1]);
  });

  it('stops a partition whose log is not the one its progress was counted in', async () => {
    await world.database.db
      .collection<{ _id: string }>('progress')
      .insertMany(Array.from({ length: 12 }, (_, i) => ({ _id: `${TOPIC.send}/${i}`, log: 'another', epoch: 0, offset: 7 })));
    const stopped = new Map<number, string>();
    const train = createMessageTrain({ ...world, telemetry: silentTelemetry('message'), stopped });
    await expect(train.startAt?.({ partition: 0, committed: 7, earliest: 0, latest: 9 })).rejects.toThrow('hecto log adopt');
    expect(stopped.get(0)).toContain('another');
  });

  it('stores everything answered exactly once, in order, through changes of owner', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('send', 'send', 'send', 'join', 'leave'), { minLength: 10, maxLength: 25 }),
        async (steps) => {
          const mine = await openWorld();
          try {
            await mine.addOwner();
            await mine.rule(MESSAGE_COMMAND.openWindows, { userIds: [alice], history: 'join' });
            const answers: Promise<SendAnswer>[] = [];
            for (const [i, step] of steps.entries()) {
              if (step === 'join') await mine.addOwner();
              else if (step === 'leave' && mine.owners.length > 1) await mine.owners.shift()?.stop();
              else for (let n = 0; n < 5; n++) answers.push(mine.send(alice, `${i}-${n}`));
            }
            const seqs = (await Promise.all(answers)).map(({ seq }) => seq);
            expect(seqs).toEqual(seqs.map((_, i) => i + 1));
            const messages = await new MessageBucketRepository(mine.database).between(team, 1 as Seq, 500 as Seq);
            expect(messages.map(({ seq }) => seq)).toEqual(seqs);
          } finally {
            await mine.close();
          }
        },
      ),
      { numRuns: 5 },
    );
  }, 120_000);
});
