import fc from 'fast-check';
import { directConversation, groupConversation, type GroupId, type UserId } from '#contracts';
import type { Entry } from '../small-log.js';

const team = groupConversation('team' as GroupId);
const users = ['ann', 'bob'] as UserId[];
const user = fc.constantFrom(...users);
const id = fc.constantFrom('1', '2', '3');
const some = fc.uniqueArray(user, { minLength: 1, maxLength: 2 });

/** A record of a small log, of few users and ids, so that they meet. */
export const entry: fc.Arbitrary<Entry> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      from: user,
      to: fc.constantFrom<string>(team, directConversation('ann' as UserId, 'bob' as UserId)),
      id,
      text: fc.constantFrom('x', 'y'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('open' as const, 'close' as const),
      group: fc.constant<string>(team),
      id,
      users: some,
      history: fc.constantFrom('all' as const, 'join' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('dismiss' as const), group: fc.constant<string>(team), id }) },
);
