import fc from 'fast-check';
import { directConversation, groupConversation, parseConversationId } from './conversation-id.js';
import { GROUP_ID_PATTERN, isGroupId, isUserId, USER_ID_PATTERN, type GroupId, type UserId } from './user-id.js';

const userIds = fc.stringMatching(USER_ID_PATTERN).map((text) => text as UserId);
const groupIds = fc.stringMatching(GROUP_ID_PATTERN).map((text) => text as GroupId);

it.each([
  ['a user', isUserId, /^[A-Za-z0-9._~-]{1,64}$/],
  ['a group', isGroupId, /^[A-Za-z0-9.-]{1,64}$/],
])('an id of %s is 1 to 64 legal characters, except for what URLs drop', (_, isId, legal) => {
  const texts = fc.oneof(fc.stringMatching(/^[aZ09._~-]{0,66}$/), fc.string(), fc.stringMatching(/^\.{0,66}$/));
  fc.assert(fc.property(texts, (text) => isId(text) === (legal.test(text) && text !== '.' && text !== '..')));
  expect(['.', '..', '...', '.a', '..a', 'a', ''].map((text) => isId(text))).toEqual([false, false, true, true, true, true, false]);
});

it('a conversation id says of whom it is', () => {
  fc.assert(
    fc.property(userIds, userIds, groupIds, (a, b, groupId) => {
      const direct = parseConversationId(directConversation(a, b));
      expect(direct?.kind === 'direct' && new Set(direct.members)).toEqual(new Set([a, b]));
      expect(parseConversationId(groupConversation(groupId))).toEqual({ kind: 'group', groupId });
    }),
  );
});

it.each(['sg_.', 'sg_..', 'si_._bob', 'si_.._bob', 'n_..', 'sn_.'])('%s is no conversation id', (text) => {
  expect(parseConversationId(text)).toBeUndefined();
});
