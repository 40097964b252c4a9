import { expectStatus, group, person, text, type Person } from './support/people.js';
import { SHAPES } from './support/shapes.js';

describe.each(SHAPES)('groups, $name', (shape) => {
  const send = (who: Person, groupId: string, id: string) => who.api.post('/v1/messages', { to: { groupId }, ...text(id) });
  const history = (who: Person, conversationId: string) => who.api.get(`/v1/conversations/${conversationId}/messages?afterSeq=0`);

  it('lets who has joined send at once, and read from that moment on', async () => {
    const [owner, joiner] = [await person(shape), await person(shape, 1)];
    const { groupId, conversationId } = await group([owner]);
    for (let i = 0; i < 3; i++) await expectStatus(send(owner, groupId, `before-${i}`), 201);
    expect((await send(joiner, groupId, 'too-early')).body).toMatchObject({ code: 'not_a_member', status: 403 });
    await expectStatus(joiner.api.post(`/v1/groups/${groupId}/join`), 200);
    expect((await expectStatus(send(joiner, groupId, 'hello'), 201)).body).toMatchObject({ seq: 4 });
    expect((await history(joiner, conversationId)).body).toMatchObject({
      minSeq: 4,
      items: [{ seq: 4, clientMsgId: 'hello' }],
      complete: true,
    });
    expect((await history(owner, conversationId)).body.items).toHaveLength(4);
  });

  it('shows the whole history where the group says so', async () => {
    const [owner, joiner] = [await person(shape), await person(shape)];
    const { groupId, conversationId } = await group([owner], { history: 'all' });
    await expectStatus(send(owner, groupId, 'old'), 201);
    await expectStatus(joiner.api.post(`/v1/groups/${groupId}/join`), 200);
    expect((await history(joiner, conversationId)).body).toMatchObject({ minSeq: 1, items: [{ clientMsgId: 'old' }] });
  });

  it.each(['leave', 'kick'])('neither reads nor sends nor receives after a %s, and starts anew after joining again', async (how) => {
    const [owner, member] = [await person(shape), await person(shape, 1)];
    const { groupId, conversationId } = await group([owner, member]);
    const socket = await member.socket();
    await expectStatus(send(owner, groupId, 'seen'), 201);
    await socket.received('seen');
    const gone =
      how === 'leave' ? member.api.post(`/v1/groups/${groupId}/leave`) : owner.api.delete(`/v1/groups/${groupId}/members/${member.userId}`);
    await expectStatus(gone, 204);
    await expectStatus(send(owner, groupId, 'unseen'), 201);
    expect((await send(member, groupId, 'x')).body).toMatchObject({ code: 'not_a_member' });
    expect((await history(member, conversationId)).body).toMatchObject({ code: 'not_a_member' });
    await expectStatus(member.api.post(`/v1/groups/${groupId}/join`), 200);
    await expectStatus(send(owner, groupId, 'seen-again'), 201);
    await socket.received('seen-again');
    expect(socket.messages(conversationId).map(({ seq }) => seq as number)).toEqual([1, 3]);
    expect((await history(member, conversationId)).body).toMatchObject({ minSeq: 3, items: [{ seq: 3 }] });
    socket.close();
  });

  it('answers a repeated send after its sender was kicked', async () => {
    const [owner, member] = [await person(shape), await person(shape)];
    const { groupId } = await group([owner, member]);
    const first = await expectStatus(send(member, groupId, 'mine'), 201);
    await expectStatus(owner.api.delete(`/v1/groups/${groupId}/members/${member.userId}`), 204);
    expect(await expectStatus(send(member, groupId, 'mine'), 200)).toMatchObject({ body: first.body });
    const other = await member.api.post('/v1/messages', { to: { groupId }, ...text('mine', 'other') });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('passes a group on, gives roles, and refuses everything after it was dismissed', async () => {
    const [owner, next, third] = [await person(shape), await person(shape), await person(shape)];
    const { groupId } = await group([owner, next, third]);
    expect((await owner.api.post(`/v1/groups/${groupId}/leave`)).body).toMatchObject({ code: 'owner_cannot_leave' });
    await expectStatus(owner.api.post(`/v1/groups/${groupId}/transfer`, { userId: next.userId }), 200);
    await expectStatus(next.api.patch(`/v1/groups/${groupId}/members/${third.userId}`, { role: 'admin' }), 200);
    expect((await third.api.delete(`/v1/groups/${groupId}/members/${next.userId}`)).body).toMatchObject({ code: 'forbidden' });
    const members = await expectStatus(third.api.get(`/v1/groups/${groupId}/members?limit=2`), 200);
    expect(members.body.items).toHaveLength(2);
    expect(
      (await third.api.get(`/v1/groups/${groupId}/members?limit=2&cursor=${members.body.nextCursor as string}`)).body.items,
    ).toHaveLength(1);
    await expectStatus(next.api.post(`/v1/groups/${groupId}/dismiss`), 200);
    expect((await send(next, groupId, 'late')).body).toMatchObject({ code: 'group_dismissed' });
    expect((await owner.api.post(`/v1/groups/${groupId}/leave`)).body).toMatchObject({ code: 'group_dismissed' });
  });
});
