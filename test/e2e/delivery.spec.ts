import { waitFor } from '#testing';
import { expectStatus, group, person, text, tokenOf } from './support/people.js';
import { gateways } from './support/shape.js';
import { SHAPES } from './support/shapes.js';
import { Socket } from './support/socket.js';

describe.each(SHAPES)('delivery, $name', (shape) => {
  const [first, second] = gateways(shape);

  it('reaches every socket of both, the sender’s other devices included', async () => {
    const [alice, bob] = [await person(shape), await person(shape, 1)];
    const hers = await alice.socket();
    const herTablet = await Socket.connect(second, await tokenOf(shape, alice.userId, 'tablet'));
    const his = [await bob.socket(), await bob.socket()];
    await hers.request('send', { to: { userId: bob.userId }, ...text('to-all') });
    for (const socket of [herTablet, ...his]) expect(await socket.received('to-all')).toMatchObject({ seq: 1 });
    await hers.request('send', { to: { userId: bob.userId }, ...text('not-to-me'), options: { senderSync: false } });
    await his[0]!.received('not-to-me');
    await hers.request('send', { to: { userId: bob.userId }, ...text('last') });
    await herTablet.received('last');
    expect(herTablet.messages().map(({ clientMsgId }) => clientMsgId as string)).toEqual(['to-all', 'last']);
    for (const socket of [hers, herTablet, ...his]) socket.close();
  });

  it('says after a reconnect what moved since the cursors, all of it', async () => {
    const [alice, bob] = [await person(shape), await person(shape)];
    const { groupId, conversationId } = await group([alice, bob]);
    const before = await bob.socket();
    const sent = await expectStatus(alice.api.post('/v1/messages', { to: { groupId }, ...text('seen') }), 201);
    await before.received('seen');
    before.cut();
    for (let i = 0; i < 3; i++) await expectStatus(alice.api.post('/v1/messages', { to: { groupId }, ...text(`missed-${i}`) }), 201);
    const direct = await expectStatus(alice.api.post('/v1/messages', { to: { userId: bob.userId }, ...text('new') }), 201);
    const after = await bob.socket({ resume: { cursors: { [conversationId]: sent.body.seq as number } } });
    expect(after.connected).toMatchObject({ resumed: true, complete: true });
    const moved = (after.connected as { moved: { conversationId: string; maxSeq: number }[] }).moved;
    const bySeq = Object.fromEntries(moved.map((one) => [one.conversationId, one.maxSeq]));
    expect(bySeq).toEqual({ [conversationId]: 4, [direct.body.conversationId as string]: 1 });
    const missed = await after.request('history', { conversationId, afterSeq: 1 });
    expect(missed.data.items).toMatchObject([{ seq: 2 }, { seq: 3 }, { seq: 4 }]);
    after.close();
  });

  it('keeps the order of one socket’s sends, with as many unanswered as it may have', async () => {
    const [alice, bob] = [await person(shape), await person(shape, 1)];
    const [hers, his] = [await alice.socket(), await bob.socket()];
    const ids = Array.from({ length: 60 }, (_, i) => hers.start('send', { to: { userId: bob.userId }, ...text(`n-${i}`) }));
    const answers = await Promise.all(ids.map((id) => hers.answer(id)));
    expect(answers.map(({ data }) => data.seq as number)).toEqual(ids.map((_, i) => i + 1));
    await his.received('n-59');
    expect(his.messages().map(({ seq }) => seq as number)).toEqual(ids.map((_, i) => i + 1));
    hers.close();
    his.close();
  });

  it('tells who is invited and who is kicked, at once', async () => {
    const [alice, bob] = [await person(shape), await person(shape, 1)];
    const socket = await bob.socket();
    const { groupId, conversationId } = await group([alice]);
    await expectStatus(alice.api.post(`/v1/groups/${groupId}/members`, { userIds: [bob.userId] }), 200);
    expect(await socket.pushed('conversation.opened')).toMatchObject({ data: { conversationId, minSeq: 1 } });
    await expectStatus(alice.api.delete(`/v1/groups/${groupId}/members/${bob.userId}`), 204);
    expect(await socket.pushed('conversation.closed')).toMatchObject({ data: { conversationId } });
    socket.close();
  });

  it('moves the read cursor by a frame, for the other gateway to see', async () => {
    const [alice, bob] = [await person(shape), await person(shape, 1)];
    const socket = await bob.socket();
    const { body } = await expectStatus(alice.api.post('/v1/messages', { to: { userId: bob.userId }, ...text('read-me') }), 201);
    const answer = await socket.request('read', { conversationId: body.conversationId, seq: 1 });
    expect(answer).toMatchObject({ type: 'ok', data: { readSeq: 1, unread: 0 } });
    const other = await Socket.connect(first, bob.token);
    const seen = async () => (await other.request('sync', { cursors: {} })).data.moved[0]?.readSeq === 1;
    await waitFor(seen, { withinMs: 5000, what: 'the cursor at the other gateway' });
    socket.close();
    other.close();
  });
});
