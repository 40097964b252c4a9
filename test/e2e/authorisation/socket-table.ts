import type { RequestType } from '#contracts';
import { newName, text } from '../support/people.js';
import { ofUsers, type Outcome, type Outcomes } from './callers.js';
import type { Stage } from './stage.js';

export interface SocketRow {
  call: RequestType;
  /** What is special. */
  about?: string;
  data: (stage: Stage, token: string | undefined) => object | Promise<object>;
  outcomes: Outcomes;
}

type SixUsers = Parameters<typeof ofUsers>[0];

/** Those who are not let in learn it from `connect`; a frame without it is refused for that. On a socket nobody acts for another. */
function onSocket(users: SixUsers, key: Outcome): Outcomes {
  return {
    nobody: 'unauthenticated',
    'a forger': 'invalid_token',
    'an expired token': 'token_expired',
    'a revoked session': 'token_revoked',
    ...ofUsers(users),
    'a member posing as the owner': undefined,
    'an admin key': key,
    'an admin key for the owner': undefined,
  };
}

const ALL: SixUsers = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'];
const MEMBERS: SixUsers = ['not_a_member', 'not_a_member', 'not_a_member', 'ok', 'ok', 'ok'];
const NO = 'forbidden';

export const SOCKET_TABLE: readonly SocketRow[] = [
  { call: 'connect', data: (_, token) => ({ token }), outcomes: { ...onSocket(ALL, 'ok'), nobody: 'invalid_request' } },
  {
    call: 'connect',
    about: 'naming the phone',
    data: (_, token) => ({ token, deviceId: 'phone' }),
    outcomes: { ...onSocket(ALL, 'ok'), nobody: 'invalid_request', "the owner's other device": 'invalid_request' },
  },
  { call: 'ping', data: () => ({}), outcomes: onSocket(ALL, 'ok') },
  { call: 'refresh', about: 'with his own token', data: (_, token) => ({ token }), outcomes: onSocket(ALL, NO) },
  {
    call: 'refresh',
    about: "with the owner's token",
    data: async (stage) => ({ token: await stage.token('the owner') }),
    outcomes: { ...onSocket([NO, NO, NO, NO, NO, 'ok'], NO), "the owner's other device": NO },
  },
  {
    call: 'refresh',
    about: "with the token of the owner's revoked session",
    data: async (stage) => ({ token: await stage.token('a revoked session') }),
    outcomes: onSocket(['token_revoked', 'token_revoked', 'token_revoked', 'token_revoked', 'token_revoked', 'token_revoked'], NO),
  },
  {
    call: 'send',
    about: 'to the group',
    data: ({ groupId }) => ({ to: { groupId }, ...text(newName('m')) }),
    outcomes: onSocket(MEMBERS, 'invalid_request'),
  },
  {
    call: 'send',
    about: 'as a member',
    data: ({ groupId, ids }) => ({ to: { groupId }, senderId: ids.member, ...text(newName('m')) }),
    outcomes: onSocket([NO, NO, NO, 'ok', NO, NO], 'ok'),
  },
  {
    call: 'send',
    about: 'into a conversation of two',
    data: ({ direct }) => ({ conversationId: direct, ...text(newName('m')) }),
    outcomes: onSocket(
      ['conversation_not_found', 'conversation_not_found', 'conversation_not_found', 'ok', 'conversation_not_found', 'ok'],
      'invalid_request',
    ),
  },
  { call: 'read', data: ({ conversationId }) => ({ conversationId, seq: 1 }), outcomes: onSocket(MEMBERS, NO) },
  { call: 'history', data: ({ conversationId }) => ({ conversationId }), outcomes: onSocket(MEMBERS, NO) },
  {
    call: 'history',
    about: 'of a conversation of two',
    data: ({ direct }) => ({ conversationId: direct }),
    outcomes: onSocket(['not_a_member', 'not_a_member', 'not_a_member', 'ok', 'not_a_member', 'ok'], NO),
  },
  { call: 'sync', data: ({ conversationId }) => ({ cursors: { [conversationId]: 0 } }), outcomes: onSocket(ALL, NO) },
];
