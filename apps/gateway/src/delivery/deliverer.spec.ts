import { Registry } from 'prom-client';
import {
  groupConversation,
  placeOf,
  type GroupId,
  type Place,
  type Seq,
  type StoredEvent,
  type UserId,
  type WindowState,
} from '#contracts';
import { systemClock } from '#kernel';
import { Deliverer } from './deliverer.js';
import { DeliveryMap } from './delivery-map.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { RecentSeqs } from './recent-seqs.js';

const ALICE = 'alice' as UserId;
const TEAM = groupConversation('team' as GroupId);
const FIRST = 1 as Seq;

function setUp() {
  const map = new DeliveryMap();
  const deliverer = new Deliverer(map, new RecentSeqs(systemClock), new DeliveryMetrics(new Registry()), systemClock);
  const told: string[] = [];
  const push = (frame: Buffer): void => void told.push(/"type":"([^"]+)"/.exec(frame.toString())?.[1] ?? '');
  const alice = map.enter(ALICE, { message: () => undefined, push });
  map.load(alice, []);
  return { map, deliverer, alice, told };
}

const window = (place: Place, open: boolean): WindowState => ({
  ...{ conversationId: TEAM, open, minSeq: FIRST, maxSeq: 0 as Seq, readSeq: 0 as Seq },
  changedAt: place,
});
const opened = (place: Place): StoredEvent => ({
  ...{ kind: 'windows.opened', conversationId: TEAM, userIds: [ALICE], minSeq: FIRST, maxSeq: 0 as Seq },
  ...{ place, part: 0 },
});
const closed = (place: Place): StoredEvent => ({
  ...{ kind: 'windows.closed', conversationId: TEAM, userIds: [ALICE], maxSeq: 0 as Seq },
  ...{ place, part: 0 },
});
const [P1, P2, P3] = [placeOf(1, 1), placeOf(1, 2), placeOf(1, 3)];

describe('an open socket of a user whose windows another device’s connect reads anew', () => {
  it('is told of a conversation that was opened, though the connect read of it before the event came', () => {
    const { map, deliverer, alice, told } = setUp();
    map.load(alice, [window(P1, true)]);
    deliverer.handle(opened(P1));
    expect(told).toEqual(['conversation.opened']);
    expect(map.readersOf(TEAM)).toEqual([alice]);
  });

  it('is told of one that was closed', () => {
    const { map, deliverer, alice, told } = setUp();
    deliverer.handle(opened(P1));
    map.load(alice, [window(P2, false)]);
    deliverer.handle(closed(P2));
    expect(told).toEqual(['conversation.opened', 'conversation.closed']);
    expect(map.readersOf(TEAM)).toEqual([]);
  });

  it('is told of the last state alone when the connect read what several events say', () => {
    const { map, deliverer, alice, told } = setUp();
    map.load(alice, [window(P3, true)]);
    for (const event of [opened(P1), closed(P2), opened(P3)]) deliverer.handle(event);
    expect(told).toEqual(['conversation.opened']);
    expect(map.readersOf(TEAM)).toEqual([alice]);
  });

  it('is told once, however often the windows are read', () => {
    const { map, deliverer, alice, told } = setUp();
    deliverer.handle(opened(P1));
    map.load(alice, [window(P1, true)]);
    map.load(alice, [window(P1, true)]);
    deliverer.handle(opened(P1));
    deliverer.handle(opened(P2));
    expect(told).toEqual(['conversation.opened']);
  });
});
