import type { Bus } from '#bus';
import { placeOf, type ConversationId, type WindowState, type Seq, type UserId } from '#contracts';
import { DeliveryMap } from './delivery-map.js';
import { WindowLoader } from './window-loader.js';

const window = (conversationId: string): WindowState => ({
  conversationId: conversationId as ConversationId,
  open: true,
  minSeq: 1 as Seq,
  maxSeq: 1 as Seq,
  readSeq: 0 as Seq,
  changedAt: placeOf(1, 1),
});

function setUp(pages: (ask: { after?: string }) => { items: WindowState[]; next: string | null }) {
  let now = 0;
  const map = new DeliveryMap();
  const user = map.enter('alice' as UserId, { message: () => undefined, push: () => undefined });
  const ask = jest.fn((_question: unknown, _key: string, payload: { after?: string }) => Promise.resolve(pages(payload)));
  const loader = new WindowLoader({ ask } as unknown as Bus, map, { now: () => now });
  const readers = (id: string) => map.recipients(id as ConversationId, 1 as Seq).map(({ userId }) => userId);
  return { map, user, ask, loader, readers, pass: (ms: number) => (now += ms) };
}

describe('WindowLoader', () => {
  it('reads all pages and registers the groups', async () => {
    const { user, loader, readers } = setUp(({ after }) =>
      after === undefined ? { items: [window('sg_a')], next: 'sg_a' } : { items: [window('sg_b'), window('si_alice_bob')], next: null },
    );
    expect((await loader.load(user)).map(({ conversationId }) => conversationId)).toEqual(['sg_a', 'sg_b', 'si_alice_bob']);
    expect([readers('sg_a'), readers('sg_b'), user.loaded]).toEqual([['alice'], ['alice'], true]);
  });

  it('reads again when what was known was thrown away meanwhile', async () => {
    let reads = 0;
    const { map, user, loader, readers } = setUp(() => {
      reads += 1;
      if (reads > 1) return { items: [], next: null };
      // Read before the window closed; the event that closed it was heard, and then forgotten.
      map.unload(user);
      return { items: [window('sg_a')], next: null };
    });
    expect(await loader.load(user)).toEqual([]);
    expect([reads, readers('sg_a')]).toEqual([2, []]);
  });

  it('lets nothing that is told late open again what was closed before it was read', async () => {
    const closed = { ...window('sg_a'), open: false, changedAt: placeOf(1, 5) };
    const { map, user, loader, readers } = setUp(() => ({ items: [closed], next: null }));
    const opened = (conversationId: string, offset: number) =>
      map.change(conversationId as ConversationId, [user.userId], {
        open: true,
        minSeq: 1 as Seq,
        maxSeq: 0 as Seq,
        changedAt: placeOf(1, offset),
      });
    opened('sg_a', 3);
    expect(readers('sg_a')).toEqual(['alice']);
    await loader.load(user);
    expect(readers('sg_a')).toEqual([]);
    expect([opened('sg_a', 4), opened('sg_a', 5), readers('sg_a')]).toEqual([[], [], []]);
    // Of this one he never had a window.
    expect([opened('sg_new', 2), readers('sg_new')]).toEqual([[user], ['alice']]);
    expect([opened('sg_a', 6), readers('sg_a')]).toEqual([[user], ['alice']]);
  });

  it('gives up after 10 s', async () => {
    const { user, loader, pass } = setUp(() => {
      pass(6000);
      return { items: [], next: 'sg_a' };
    });
    await expect(loader.load(user)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
