import { directConversation, groupConversation, type GroupId, type UserId } from '#contracts';
import type { Entry, SmallLog } from './small-log.js';

const team = groupConversation('team' as GroupId);
const crew = groupConversation('crew' as GroupId);
const direct = directConversation('ann' as UserId, 'bob' as UserId);

const send = (from: string, id: string, to: string = direct, text = id): Entry => ({ kind: 'send', from, to, id, text });
const open = (users: string[], id: string, history: 'all' | 'join' = 'join', group: string = team): Entry => ({
  kind: 'open',
  group,
  id,
  users,
  history,
});
const close = (users: string[], id: string): Entry => ({ kind: 'close', group: team, id, users });

/**
 * The logs that `npm run model` searches. `troubles` and the number of records decide how many states there are: each one more is
 * about ten times as many. To try something new, add a log; what must come of it is told by PartitionTruth.
 */
export const SMALL_LOGS: SmallLog[] = [
  {
    name: 'retry',
    about: 'a send, the same again, and one of somebody else',
    partitions: [[send('ann', '1'), send('ann', '1'), send('bob', '2')]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'two sends',
    about: 'no more than two sends, and more trouble',
    partitions: [[send('ann', '1'), send('bob', '2')]],
    troubles: 2,
    quick: 1,
    records: 'before',
  },
  {
    name: 'slow reads',
    about: 'two sends, and reads of which some are made before, some after what the other owner commits',
    partitions: [[send('ann', '1'), send('bob', '2')]],
    troubles: 1,
    quick: 1,
    records: 'before',
    slowReads: true,
  },
  {
    name: 'rebalances',
    about: 'two sends, while partitions are taken away and given back under the trains',
    partitions: [[send('ann', '1'), send('bob', '2')]],
    troubles: 1,
    quick: 0,
    records: 'before',
    rebalances: true,
  },
  {
    name: 'reused id',
    about: 'a send, another content under the same id, the first again',
    partitions: [[send('ann', '1', direct, 'x'), send('ann', '1', direct, 'y'), send('ann', '1', direct, 'x')]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'window',
    about: 'a window opens and closes; a send within, the same again and another one after it',
    partitions: [
      [open(['ann', 'bob'], 'r1', 'all'), send('ann', '1', team), close(['ann'], 'r2'), send('ann', '1', team), send('ann', '2', team)],
    ],
    troubles: 0,
    records: 'before',
  },
  {
    name: 'repeated rules',
    about: 'an opening, the same command again, a closing',
    partitions: [[open(['ann', 'bob'], 'r1'), open(['ann', 'bob'], 'r1'), close(['ann'], 'r2')]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'opened twice',
    about: 'a second opening, which would let its users read less than they may',
    partitions: [[open(['ann'], 'r1', 'all'), send('ann', '1', team), open(['ann', 'bob'], 'r2')]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'refused, then admitted',
    about: 'a send of who is no member, the joining, the same send again',
    partitions: [[send('ann', '1', team), open(['ann'], 'r1', 'all'), send('ann', '1', team)]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'dismissed',
    about: 'a send, the end of the group, a send after it',
    partitions: [[open(['ann'], 'r1'), send('ann', '1', team), { kind: 'dismiss', group: team, id: 'r2' }, send('ann', '2', team)]],
    troubles: 0,
    quick: 0,
    records: 'before',
  },
  {
    name: 'two conversations',
    about: 'a group and two users in one partition, while records arrive',
    partitions: [[open(['bob'], 'r1'), send('ann', '1'), send('bob', '2', team), send('bob', '2')]],
    troubles: 0,
    quick: 0,
    records: 'meanwhile',
  },
  {
    name: 'two partitions',
    about: 'trains over two partitions, which may have different owners',
    partitions: [[send('ann', '1')], [open(['bob'], 'r1', 'join', crew)]],
    troubles: 0,
    records: 'before',
  },
  {
    name: 'two partitions of one owner',
    about: 'trains over two partitions, and more trouble',
    partitions: [[send('ann', '1')], [open(['bob'], 'r1', 'join', crew)]],
    troubles: 1,
    quick: 0,
    records: 'before',
    owners: 1,
  },
  {
    name: 'garbage',
    about: 'bytes that nothing can be read from, between two sends',
    partitions: [[send('ann', '1'), { kind: 'garbage', group: team }, send('bob', '2')]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'refused by MongoDB',
    about: 'a send that can never be written, before one that can',
    partitions: [[{ kind: 'cursed', from: 'ann', to: direct, id: '1' }, send('bob', '2')]],
    troubles: 1,
    quick: 0,
    records: 'before',
  },
  {
    name: 'a record for every event',
    about: 'publications of several records, of which some arrive',
    partitions: [[send('ann', '1'), open(['ann'], 'r1')]],
    troubles: 2,
    quick: 1,
    records: 'before',
    splitEvents: true,
  },
  {
    name: 'cursors',
    about: 'cursors follow the sends of two users',
    partitions: [[send('ann', '1'), send('bob', '2')]],
    troubles: 0,
    quick: 0,
    records: 'before',
    cursors: true,
  },
  {
    name: 'one cursor',
    about: 'a cursor follows a send, and more trouble',
    partitions: [[send('ann', '1')]],
    troubles: 2,
    quick: 1,
    records: 'before',
    cursors: true,
  },
  {
    name: 'restore',
    about: 'MongoDB is set back to a backup, with a read model in it',
    partitions: [[send('ann', '1'), send('bob', '2')]],
    troubles: 2,
    quick: 1,
    records: 'before',
    owners: 1,
    restore: true,
  },
  {
    name: 'restore of windows',
    about: 'MongoDB is set back to before a closing',
    partitions: [[open(['ann'], 'r1'), close(['ann'], 'r2')]],
    troubles: 2,
    quick: 1,
    records: 'before',
    owners: 1,
    restore: true,
  },
];

/** For a minute: in every test run. */
export const QUICK_LOGS: SmallLog[] = SMALL_LOGS.flatMap(({ quick, ...log }) => (quick === undefined ? [] : { ...log, troubles: quick }));
