import { problem, type ConversationId } from '#contracts';
import { direct } from './testing/other-services.suite.js';
import { TestEdge } from './testing/test-edge.suite.js';
import { waitFor } from '#testing';

const TO_BOB = { to: { userId: 'bob' }, type: 'text' };

describe('sends of a socket', () => {
  let test: TestEdge;
  let refuseAppends = false;
  let submitted = 0;

  beforeEach(async () => {
    [refuseAppends, submitted] = [false, 0];
    const append = (topic: string) => {
      if (topic !== 'message.send.v1') return 'do';
      submitted += 1;
      return refuseAppends ? 'refuse' : 'do';
    };
    test = await TestEdge.start({ hooks: { append } });
  });
  afterEach(() => test.stop());

  it('are answered when stored, and the first answer comes again for the same id', async () => {
    const alice = await test.connect('alice');
    const answer = await alice.ok('send', { ...TO_BOB, clientMsgId: 'c1', content: { text: 'hi' } });
    expect(answer).toEqual({
      conversationId: 'si_alice_bob',
      messageId: expect.any(String) as string,
      seq: 1,
      sentAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) as string,
      replayed: false,
    });
    expect(await alice.ok('send', { ...TO_BOB, clientMsgId: 'c1', content: { text: 'hi' } })).toEqual({ ...answer, replayed: true });
  });

  it('are stored in the order of their frames, though the first one is prepared last', async () => {
    const alice = await test.connect('alice');
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    test.services.before = (type, { userIds }) =>
      type === 'user.get-profiles' && (userIds as string[]).includes('bob') ? held : undefined;
    const first = alice.post('send', { ...TO_BOB, clientMsgId: 'c1', content: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    const second = alice.post('send', { to: { userId: 'alice' }, type: 'text', clientMsgId: 'c2', content: 2 });
    release();
    await Promise.all([alice.answer(first), alice.answer(second)]);
    const at = (conversationId: ConversationId) => test.services.order.indexOf(conversationId);
    expect(at(direct('alice', 'bob'))).toBeLessThan(at(direct('alice', 'alice')));
  });

  it('of one array keep their order', async () => {
    const alice = await test.connect('alice');
    const frames = Array.from({ length: 60 }, (_, i) => ({
      type: 'send',
      id: `s${i}`,
      data: { ...TO_BOB, clientMsgId: `c${i}`, content: i },
    }));
    alice.sendText(JSON.stringify(frames));
    const answers = await Promise.all(frames.map(({ id }) => alice.answer(id)));
    expect(answers.map(({ data }) => data?.['seq'])).toEqual(frames.map((_, i) => i + 1));
  });

  it('beyond 64 unanswered are refused, each by its id, and the others are answered', async () => {
    const alice = await test.connect('alice');
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    test.services.before = (type) => (type === 'message.send' ? held : undefined);
    const ids = Array.from({ length: 70 }, (_, i) => alice.post('send', { ...TO_BOB, clientMsgId: `c${i}`, content: i }));
    const refused = await Promise.all(ids.slice(64).map((id) => alice.answer(id)));
    expect(new Set(refused.map(({ error }) => `${error?.code} ${error?.retryable}`))).toEqual(new Set(['too_many_in_flight true']));
    release();
    const answers = await Promise.all(ids.slice(0, 64).map((id) => alice.answer(id)));
    expect(answers.map(({ data }) => data?.['seq'])).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
  });

  it('that the log refuses take along what was sent behind them, retryably', async () => {
    const alice = await test.connect('alice');
    await alice.ok('send', { ...TO_BOB, clientMsgId: 'c0', content: 0 });
    refuseAppends = true;
    const frames = ['c1', 'c2', 'c3'].map((id) => ({ type: 'send', id, data: { ...TO_BOB, clientMsgId: id, content: id } }));
    alice.sendText(JSON.stringify(frames));
    const answers = await Promise.all(frames.map(({ id }) => alice.answer(id)));
    expect(answers.map(({ error }) => [error?.code, error?.retryable])).toEqual(Array(3).fill(['unavailable', true]));
    refuseAppends = false;
    for (const { data } of frames) await alice.ok('send', data);
    expect(test.services.messages.get(direct('alice', 'bob'))!.map(({ clientMsgId }) => clientMsgId)).toEqual(['c0', 'c1', 'c2', 'c3']);
  });

  it('keep their content as it was sent', async () => {
    const [alice, bob] = [await test.connect('alice'), await test.connect('bob')];
    const content = { text: 'ünï\u2028 "q" 🙂', list: [1, 2.5, null, true, { a: {} }], empty: '' };
    await alice.ok('send', { ...TO_BOB, clientMsgId: 'c1', content, ex: 'note', mentions: ['bob'], createdAt: '2026-01-31T09:30:00.000Z' });
    expect(await bob.push('message')).toMatchObject({
      conversationId: 'si_alice_bob',
      seq: 1,
      senderId: 'alice',
      senderDeviceId: 'phone',
      senderPlatform: 'web',
      senderNickname: 'ALICE',
      type: 'text',
      content,
      ex: 'note',
      mentions: ['bob'],
      createdAt: '2026-01-31T09:30:00.000Z',
      sentAt: expect.stringMatching(/Z$/) as string,
      status: 'sent',
    });
    const { items } = (await bob.ok('history', { conversationId: 'si_alice_bob' })) as { items: object[] };
    expect(items).toEqual([await bob.push('message')]);
  });

  it('that are refused for an id which the user’s other socket has just used hide no message: the socket is told that it exists', async () => {
    const [phone, tablet] = [await test.connect('alice'), await test.connect('alice', { deviceId: 'tablet' })];
    const watch = await test.connect('alice', { deviceId: 'watch' });
    test.services.before = async (type, { content }) => {
      if (type !== 'message.send') return;
      if (content === '"first"') await waitFor(() => submitted === 2, { withinMs: 5000, what: 'both sends in the log' });
      if (content !== '"other"') return;
      await watch.push('message');
      throw problem('idempotency_key_reused', 'c1 was used for another content');
    };
    const first = phone.post('send', { ...TO_BOB, clientMsgId: 'c1', content: 'first' });
    await waitFor(() => submitted === 1, { withinMs: 5000, what: 'the first send in the log' });
    expect(await tablet.refused('send', { ...TO_BOB, clientMsgId: 'c1', content: 'other' })).toBe('idempotency_key_reused');
    expect((await phone.answer(first)).data).toMatchObject({ seq: 1 });
    expect(await tablet.push('hint')).toEqual({ conversationId: 'si_alice_bob', maxSeq: 1 });
    expect([phone.pushes('hint'), phone.seqs()]).toEqual([[], []]);
  });

  it('can be followed by their request id', async () => {
    const alice = await test.connect('alice');
    test.services.unknownUsers.add('nobody');
    const answer = await alice.answer(alice.post('send', { to: { userId: 'nobody' }, clientMsgId: 'c1', type: 'text', content: 1 }));
    const asked = await waitFor(() => test.services.requestIds.at(-1), { withinMs: 2000, what: 'the question' });
    expect(answer.error?.requestId).toBe(asked);
  });
});

describe('other requests of a socket', () => {
  let test: TestEdge;

  beforeAll(async () => {
    test = await TestEdge.start();
    const alice = await test.connect('alice');
    for (let i = 1; i <= 5; i += 1) await alice.ok('send', { ...TO_BOB, clientMsgId: `c${i}`, content: i });
  });
  afterAll(() => test.stop());

  it('read history by range and by page', async () => {
    const bob = await test.connect('bob');
    const range = await bob.ok('history', { conversationId: 'si_alice_bob', fromSeq: 2, toSeq: 3 });
    expect(range).toMatchObject({
      items: [
        { seq: 2, content: 2 },
        { seq: 3, content: 3 },
      ],
      minSeq: 1,
      maxSeq: 5,
      complete: true,
    });
    const page = await bob.ok('history', { conversationId: 'si_alice_bob', afterSeq: 4 });
    expect(page).toMatchObject({ items: [{ seq: 5 }] });
  });

  it('move the read cursor', async () => {
    const bob = await test.connect('bob');
    expect(await bob.ok('read', { conversationId: 'si_alice_bob', seq: 3 })).toEqual({
      conversationId: 'si_alice_bob',
      readSeq: 3,
      unread: 2,
    });
  });

  it('may have texts as ids, and no data', async () => {
    const bob = await test.connect('bob');
    bob.sendText('{"type":"ping","id":"first"}');
    expect(await bob.answer('first')).toMatchObject({ type: 'ok', id: 'first', data: { serverTime: expect.any(String) as string } });
  });
});
