import { expectStatus, group, person, text, type Person } from './support/people.js';
import { SHAPES } from './support/shapes.js';
import { waitFor } from '#testing';

interface Item {
  conversationId: string;
  unread: number;
  pinned: boolean;
  latest: { seq: number } | null;
}

describe.each(SHAPES)('conversation lists, $name', (shape) => {
  const list = async (who: Person, query = ''): Promise<Item[]> =>
    (await expectStatus(who.api.get(`/v1/me/conversations${query}`), 200)).body.items as Item[];

  it('lists what one just did: a group created, a first message sent', async () => {
    const [alice, bob] = [await person(shape), await person(shape)];
    const { conversationId } = await group([alice]);
    expect((await list(alice)).map((item) => item.conversationId)).toEqual([conversationId]);
    const sent = await expectStatus(alice.api.post('/v1/messages', { to: { userId: bob.userId }, ...text('first') }), 201);
    expect((await list(alice)).map((item) => item.conversationId)).toEqual([sent.body.conversationId, conversationId]);
    expect(await list(bob)).toMatchObject([{ conversationId: sent.body.conversationId, unread: 1, latest: { seq: 1 } }]);
  });

  it('counts unread, follows the read cursor, and never counts one’s own', async () => {
    const [alice, bob] = [await person(shape), await person(shape)];
    for (let i = 0; i < 5; i++) await expectStatus(alice.api.post('/v1/messages', { to: { userId: bob.userId }, ...text(`m${i}`) }), 201);
    const [item] = await list(bob);
    expect(item).toMatchObject({ unread: 5 });
    await expectStatus(bob.api.put(`/v1/conversations/${item!.conversationId}/read-cursor`, { seq: 3 }), 200);
    expect(await list(bob)).toMatchObject([{ unread: 2, readSeq: 3 }]);
    await waitFor(async () => (await list(alice))[0]?.unread === 0, { withinMs: 5000, what: 'no unread messages of her own' });
    const beyond = await bob.api.put(`/v1/conversations/${item!.conversationId}/read-cursor`, { seq: 6 });
    expect(beyond).toMatchObject({ status: 403, body: { code: 'outside_window' } });
  });

  it('puts pinned ones first, then the latest of message and draft, in pages', async () => {
    const alice = await person(shape);
    const groups: string[] = [];
    for (let i = 0; i < 4; i++) groups.push((await group([alice])).conversationId);
    await expectStatus(alice.api.patch(`/v1/me/conversations/${groups[0]!}`, { pinned: true, muted: true }), 200);
    await expectStatus(alice.api.patch(`/v1/me/conversations/${groups[1]!}`, { draft: 'to be sent' }), 200);
    const expected = [groups[0], groups[1], groups[3], groups[2]];
    expect((await list(alice)).map((item) => item.conversationId)).toEqual(expected);
    const page = await expectStatus(alice.api.get('/v1/me/conversations?limit=3'), 200);
    const rest = await list(alice, `?limit=3&cursor=${encodeURIComponent(page.body.nextCursor as string)}`);
    expect([...(page.body.items as Item[]), ...rest].map((item) => item.conversationId)).toEqual(expected);
  });

  it('hides the preview of before the window, and forgets a group that one was kicked from', async () => {
    const [owner, joiner] = [await person(shape), await person(shape)];
    const { groupId, conversationId } = await group([owner]);
    await expectStatus(owner.api.post('/v1/messages', { to: { groupId }, ...text('secret') }), 201);
    await expectStatus(joiner.api.post(`/v1/groups/${groupId}/join`), 200);
    expect(await list(joiner)).toMatchObject([{ conversationId, latest: null, unread: 0 }]);
    await expectStatus(owner.api.delete(`/v1/groups/${groupId}/members/${joiner.userId}`), 204);
    expect(await list(joiner)).toEqual([]);
  });
});
