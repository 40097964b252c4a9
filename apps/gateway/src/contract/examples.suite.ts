import type { Account, ConversationItem, ConversationState, Group, GroupMember, Message, SendAnswer, Tokens } from '#contracts';
import { profileOf } from '../testing/people.suite.js';

/** A moment, as the bus has it and as the API shows it. */
export const AT = 1_700_000_000_000;
export const AT_TEXT = '2023-11-14T22:13:20.000Z';

export const account: Account = { ...profileOf('alice'), email: 'alice@example.org' };
export const accountShown = { ...account, createdAt: AT_TEXT };
export const profileShown = { ...profileOf('alice'), createdAt: AT_TEXT };

export const tokens = {
  userId: 'alice',
  deviceId: 'd1',
  accessToken: 'a.b.c',
  accessExpiresAt: AT,
  refreshToken: 'r',
  refreshExpiresAt: AT,
} as unknown as Tokens;
export const tokensShown = { ...tokens, accessExpiresAt: AT_TEXT, refreshExpiresAt: AT_TEXT };

export const group = {
  groupId: 'g1',
  conversationId: 'sg_g1',
  name: 'G',
  avatar: '',
  ex: '',
  ownerId: 'alice',
  history: 'join',
  memberCount: 1,
  status: 'active',
  version: 3,
  createdAt: AT,
} as unknown as Group;
export const groupShown = { ...group, createdAt: AT_TEXT };

export const member = { groupId: 'g1', userId: 'bob', role: 'member', joinedAt: AT } as unknown as GroupMember;
export const memberShown = { ...member, joinedAt: AT_TEXT };

export const state = {
  conversationId: 'si_alice_bob',
  minSeq: 1,
  maxSeq: 7,
  readSeq: 5,
  unread: 2,
  lastAt: AT,
  openedAt: AT,
} as unknown as ConversationState;
export const stateShown = { conversationId: 'si_alice_bob', minSeq: 1, maxSeq: 7, readSeq: 5, unread: 2 };

export const conversation = {
  ...stateShown,
  pinned: true,
  muted: false,
  draft: '',
  draftAt: 0,
  version: 2,
  latest: { seq: 7, senderId: 'bob', type: 'text', excerpt: '{"text":"hi"}', sentAt: AT },
  sortedAt: AT,
} as unknown as ConversationItem;
export const conversationShown = {
  ...conversation,
  draftAt: null,
  latest: { ...conversation.latest, sentAt: AT_TEXT },
  sortedAt: AT_TEXT,
};

export const sent = { conversationId: 'si_alice_bob', messageId: 'm1', seq: 7, sentAt: AT, replayed: false } as unknown as SendAnswer;
export const sentShown = { conversationId: 'si_alice_bob', messageId: 'm1', seq: 7, sentAt: AT_TEXT };

export const message = {
  conversationId: 'si_alice_bob',
  seq: 7,
  messageId: 'm1',
  clientMsgId: 'c1',
  sessionType: 'direct',
  senderId: 'alice',
  senderNickname: 'Alice',
  senderAvatar: '',
  receiverId: 'bob',
  type: 'text',
  content: '{"text":"hi"}',
  sentAt: AT,
  createdAt: AT,
  status: 'sent',
} as unknown as Message;
export const messageShown = { ...message, content: { text: 'hi' }, sentAt: AT_TEXT, createdAt: AT_TEXT };
