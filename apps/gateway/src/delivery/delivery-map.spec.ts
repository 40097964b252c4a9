import fc from 'fast-check';
import { directConversation, groupConversation, placeOf, type ConversationId, type GroupId, type Seq, type UserId } from '#contracts';
import { DeliveryMap } from './delivery-map.js';
import type { Subscriber } from './subscriber.js';

const [ALICE, BOB, CAROL] = ['alice', 'bob', 'carol'] as UserId[] as [UserId, UserId, UserId];
const TEAM = groupConversation('team' as GroupId);
const subscriber = (): Subscriber => ({ message: () => undefined, push: () => undefined });
const at = (offset: number, open: boolean, minSeq = 1) => ({
  open,
  minSeq: minSeq as Seq,
  maxSeq: 0 as Seq,
  changedAt: placeOf(1, offset),
});
const ids = (map: DeliveryMap, conversationId: string, seq = 1) =>
  map.recipients(conversationId as ConversationId, seq as Seq).map(({ userId }) => userId);

describe('DeliveryMap', () => {
  it('finds the connected ones of two users, once each', () => {
    const map = new DeliveryMap();
    map.enter(ALICE, subscriber());
    map.enter(ALICE, subscriber());
    expect(ids(map, directConversation(ALICE, BOB))).toEqual([ALICE]);
    map.enter(BOB, subscriber());
    expect(ids(map, directConversation(ALICE, BOB))).toEqual([ALICE, BOB]);
    expect(ids(map, directConversation(ALICE, ALICE))).toEqual([ALICE]);
    expect(ids(map, directConversation(BOB, CAROL))).toEqual([BOB]);
  });

  it('gives a notification log to the readers of the conversation beside it', () => {
    const map = new DeliveryMap();
    const alice = map.enter(ALICE, subscriber());
    map.enter(BOB, subscriber());
    map.load(alice, [
      { conversationId: TEAM, open: true, minSeq: 50 as Seq, maxSeq: 60 as Seq, readSeq: 0 as Seq, changedAt: placeOf(1, 1) },
    ]);
    expect(ids(map, 'n_team', 3)).toEqual([ALICE]);
    expect(ids(map, 'n_alice_bob', 3)).toEqual([ALICE, BOB]);
  });

  it('gives a system conversation to all, or to the one it names', () => {
    const map = new DeliveryMap();
    for (const user of [ALICE, BOB]) map.enter(user, subscriber());
    expect(ids(map, 'sn_all')).toEqual([ALICE, BOB]);
    expect(ids(map, 'sn_bob')).toEqual([BOB]);
    expect(ids(map, 'nonsense')).toEqual([]);
  });

  it('forgets who has left, also when his windows arrive afterwards', () => {
    const map = new DeliveryMap();
    const socket = subscriber();
    const alice = map.enter(ALICE, socket);
    map.change(TEAM, [ALICE], at(1, true));
    map.leave(alice, socket);
    map.load(alice, [
      { conversationId: TEAM, open: true, minSeq: 1 as Seq, maxSeq: 0 as Seq, readSeq: 0 as Seq, changedAt: placeOf(1, 1) },
    ]);
    expect([ids(map, TEAM), map.allUsers()]).toEqual([[], []]);
  });

  it('knows nothing of an unloaded user’s groups', () => {
    const map = new DeliveryMap();
    const alice = map.enter(ALICE, subscriber());
    map.change(TEAM, [ALICE], at(1, true));
    map.unload(alice);
    expect(ids(map, TEAM)).toEqual([]);
  });

  it('always gives a group’s message to those connected whose window is open there', () => {
    const users = ['u1', 'u2', 'u3'] as UserId[];
    const groups = [TEAM, groupConversation('two' as GroupId)];
    const step = fc.record({
      kind: fc.constantFrom('enter', 'leave', 'open', 'close'),
      user: fc.constantFrom(...users),
      group: fc.constantFrom(...groups),
      minSeq: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const map = new DeliveryMap();
        const connected = new Map<UserId, { user: ReturnType<DeliveryMap['enter']>; socket: Subscriber }>();
        const model = new Map<string, { open: boolean; minSeq: number }>();
        steps.forEach(({ kind, user, group, minSeq }, place) => {
          const here = connected.get(user);
          if (kind === 'enter' && !here) {
            const socket = subscriber();
            connected.set(user, { user: map.enter(user, socket), socket });
          } else if (kind === 'leave' && here) {
            map.leave(here.user, here.socket);
            connected.delete(user);
            for (const one of groups) model.delete(`${user}|${one}`);
          } else if (kind === 'open' || kind === 'close') {
            map.change(group, [user], at(place, kind === 'open', minSeq));
            // Who is in when he is let in again keeps the window he has.
            const isNews = model.get(`${user}|${group}`)?.open !== (kind === 'open');
            if (here && isNews) model.set(`${user}|${group}`, { open: kind === 'open', minSeq });
          }
        });
        for (const group of groups) {
          for (let seq = 1; seq <= 5; seq += 1) {
            const expected = users.filter((user) => {
              const window = model.get(`${user}|${group}`);
              return window?.open && seq >= window.minSeq;
            });
            expect(ids(map, group, seq).sort()).toEqual(expected);
          }
        }
      }),
    );
  });
});
