import { newName, text } from '../support/people.js';
import { LET_IN, ofUsers, type Outcome, type Outcomes } from './callers.js';
import type { Stage } from './stage.js';

export interface HttpRow {
  /** As in openapi.json, and, in brackets, what is special. */
  call: string;
  request: (stage: Stage) => { path: string; body?: object } | Promise<{ path: string; body?: object }>;
  /** Whether it spoils the stage for others, so that whoever succeeds needs one of his own. */
  spoils: boolean;
  outcomes: Outcomes;
}

type SixUsers = Parameters<typeof ofUsers>[0];

const STRANGERS_NOT = '403 not_a_member';
const NOT_FOUND = '404 conversation_not_found';

/** For users, and for a backend that names one. */
function forUsers(users: SixUsers, changesOf: Partial<Outcomes> = {}): Outcomes {
  return { ...LET_IN, ...ofUsers(users), 'an admin key': '400 invalid_request', 'an admin key for the owner': users[5], ...changesOf };
}

/** For the team's own backend alone. */
function forBackends(status: number): Outcomes {
  const no = '403 forbidden';
  return { ...LET_IN, ...ofUsers([no, no, no, no, no, no]), 'an admin key': status, 'an admin key for the owner': status };
}

function forEveryone(outcome: Outcome, changesOf: Partial<Outcomes> = {}): Outcomes {
  const all = ofUsers([outcome, outcome, outcome, outcome, outcome, outcome]);
  const more = { nobody: outcome, 'a forger': outcome, 'an expired token': outcome, 'a revoked session': outcome } as const;
  return {
    ...all,
    ...more,
    'a member posing as the owner': outcome,
    'an admin key': outcome,
    'an admin key for the owner': outcome,
    ...changesOf,
  };
}

function everyUser(status: number): SixUsers {
  return [status, status, status, status, status, status];
}

/** Refused to who is not in the group; then member, admin, owner. */
function inGroup(outcomes: readonly [Outcome, Outcome, Outcome], toOthers: Outcome = STRANGERS_NOT): SixUsers {
  return [toOthers, toOthers, toOthers, ...outcomes];
}

const reads = (call: string, path: (stage: Stage) => string, outcomes: Outcomes): HttpRow => ({
  call,
  request: (stage) => ({ path: path(stage) }),
  spoils: false,
  outcomes,
});

/** What may be done again and again, by anybody who may. */
const writes = (call: string, path: (stage: Stage) => string, body: (stage: Stage) => object, outcomes: Outcomes): HttpRow => ({
  call,
  request: (stage) => ({ path: path(stage), body: body(stage) }),
  spoils: false,
  outcomes,
});

const spoils = (
  call: string,
  path: (stage: Stage) => string,
  body: ((stage: Stage) => object) | undefined,
  outcomes: Outcomes,
): HttpRow => ({
  call,
  request: (stage) => ({ path: path(stage), ...(body && { body: body(stage) }) }),
  spoils: true,
  outcomes,
});

const member = (stage: Stage, who: keyof Stage['ids']) => `/v1/groups/${stage.groupId}/members/${stage.ids[who]}`;
const toGroup = ({ groupId }: Stage) => ({ to: { groupId }, ...text(newName('m')) });
const asMember = (stage: Stage) => ({ ...toGroup(stage), senderId: stage.ids.member });
/** A send names its sender by the token, by `Hecto-User`, or by `senderId`; a key alone names nobody. */
const SENDING_AS_MEMBER = forUsers(['403 forbidden', '403 forbidden', '403 forbidden', 201, '403 forbidden', '403 forbidden'], {
  'an admin key': 201,
  'an admin key for the owner': 201,
});

export const HTTP_TABLE: readonly HttpRow[] = [
  reads('GET /v1/server', () => '/v1/server', forEveryone(200)),
  reads('GET /health/live', () => '/health/live', forEveryone(200)),
  reads('GET /health/ready', () => '/health/ready', forEveryone(200)),

  // Nobody needs a token; whoever shows one has to show a good one.
  writes(
    'POST /v1/users',
    () => '/v1/users',
    () => ({ userId: newName() }),
    forEveryone(201, { ...LET_IN, nobody: 201 }),
  ),
  writes(
    'PUT /v1/users/{userId}',
    ({ ids }) => `/v1/users/${ids.other}`,
    () => ({ nickname: 'O' }),
    forBackends(200),
  ),
  writes(
    'POST /v1/users:batch',
    () => '/v1/users:batch',
    ({ ids }) => ({ users: [{ userId: ids.other }] }),
    forBackends(200),
  ),
  writes(
    'POST /v1/users/{userId}/tokens',
    ({ ids }) => `/v1/users/${ids.other}/tokens`,
    () => ({ deviceId: 'd', platform: 'web' }),
    forBackends(201),
  ),
  reads('GET /v1/users/{userId}', ({ ids }) => `/v1/users/${ids.owner}`, forUsers(everyUser(200), { 'an admin key': 200 })),
  reads('GET /v1/users', ({ ids }) => `/v1/users?ids=${ids.owner}`, forUsers(everyUser(200), { 'an admin key': 200 })),

  writes(
    'POST /v1/sessions',
    () => '/v1/sessions',
    ({ ids }) => ({ login: ids.owner, password: 'a wrong one', deviceId: 'd', platform: 'web' }),
    forEveryone('401 wrong_credentials'),
  ),
  {
    call: 'POST /v1/sessions/refresh',
    request: async (stage) => ({ path: '/v1/sessions/refresh', body: { refreshToken: await stage.refreshToken() } }),
    spoils: false,
    outcomes: forEveryone(200),
  },

  reads('GET /v1/me', () => '/v1/me', forUsers(everyUser(200))),
  writes(
    'PATCH /v1/me',
    () => '/v1/me',
    () => ({ nickname: 'N' }),
    forUsers(everyUser(200)),
  ),
  reads('GET /v1/me/devices', () => '/v1/me/devices', forUsers(everyUser(200))),
  spoils('DELETE /v1/me/devices', () => '/v1/me/devices', undefined, forUsers(everyUser(204))),
  {
    call: 'DELETE /v1/me/devices/{deviceId}',
    request: async (stage) => {
      await stage.token('the owner');
      return { path: '/v1/me/devices/phone' };
    },
    spoils: true,
    outcomes: forUsers(everyUser(204)),
  },
  reads('GET /v1/me/groups', () => '/v1/me/groups', forUsers(everyUser(200))),
  reads('GET /v1/me/conversations', () => '/v1/me/conversations', forUsers(everyUser(200))),
  {
    ...reads('POST /v1/me/conversations:states', () => '/v1/me/conversations:states', forUsers(everyUser(200))),
    request: ({ conversationId }) => ({ path: '/v1/me/conversations:states', body: { conversationIds: [conversationId] } }),
  },
  reads(
    'GET /v1/me/conversations/{conversationId}',
    ({ conversationId }) => `/v1/me/conversations/${conversationId}`,
    forUsers(inGroup([200, 200, 200], NOT_FOUND)),
  ),
  writes(
    'PATCH /v1/me/conversations/{conversationId}',
    ({ conversationId }) => `/v1/me/conversations/${conversationId}`,
    () => ({ pinned: true }),
    forUsers(inGroup([200, 200, 200], NOT_FOUND)),
  ),

  writes(
    'POST /v1/groups',
    () => '/v1/groups',
    ({ ids }) => ({ memberIds: [ids.other] }),
    forUsers(everyUser(201)),
  ),
  reads('GET /v1/groups/{groupId}', ({ groupId }) => `/v1/groups/${groupId}`, forUsers(everyUser(200))),
  writes(
    'PATCH /v1/groups/{groupId}',
    ({ groupId }) => `/v1/groups/${groupId}`,
    () => ({ name: 'N' }),
    forUsers(inGroup(['403 forbidden', 200, 200])),
  ),
  spoils(
    'POST /v1/groups/{groupId}/dismiss',
    ({ groupId }) => `/v1/groups/${groupId}/dismiss`,
    undefined,
    forUsers(inGroup(['403 forbidden', '403 forbidden', 200])),
  ),
  spoils(
    'POST /v1/groups/{groupId}/transfer',
    ({ groupId }) => `/v1/groups/${groupId}/transfer`,
    ({ ids }) => ({ userId: ids.other }),
    forUsers(inGroup(['403 forbidden', '403 forbidden', 200])),
  ),
  spoils(
    'POST /v1/groups/{groupId}/transfer (to a stranger)',
    ({ groupId }) => `/v1/groups/${groupId}/transfer`,
    ({ ids }) => ({ userId: ids.stranger }),
    forUsers(inGroup(['403 forbidden', '403 forbidden', STRANGERS_NOT])),
  ),
  spoils('POST /v1/groups/{groupId}/join', ({ groupId }) => `/v1/groups/${groupId}/join`, undefined, forUsers(everyUser(200))),
  // Whoever left may say so again; who was kicked has not left.
  spoils(
    'POST /v1/groups/{groupId}/leave',
    ({ groupId }) => `/v1/groups/${groupId}/leave`,
    undefined,
    forUsers([STRANGERS_NOT, 204, STRANGERS_NOT, 204, 204, '409 owner_cannot_leave']),
  ),
  reads('GET /v1/groups/{groupId}/members', ({ groupId }) => `/v1/groups/${groupId}/members`, forUsers(inGroup([200, 200, 200]))),
  spoils(
    'POST /v1/groups/{groupId}/members',
    ({ groupId }) => `/v1/groups/${groupId}/members`,
    ({ ids }) => ({ userIds: [ids.stranger] }),
    forUsers(inGroup([200, 200, 200])),
  ),
  spoils(
    'DELETE /v1/groups/{groupId}/members/{userId}',
    (stage) => member(stage, 'other'),
    undefined,
    forUsers(inGroup(['403 forbidden', 204, 204])),
  ),
  spoils(
    'DELETE /v1/groups/{groupId}/members/{userId} (an admin)',
    (stage) => member(stage, 'admin'),
    undefined,
    forUsers(inGroup(['403 forbidden', '403 forbidden', 204])),
  ),
  spoils(
    'DELETE /v1/groups/{groupId}/members/{userId} (the owner)',
    (stage) => member(stage, 'owner'),
    undefined,
    forUsers(inGroup(['403 forbidden', '403 forbidden', '403 forbidden'])),
  ),
  spoils(
    'PATCH /v1/groups/{groupId}/members/{userId}',
    (stage) => member(stage, 'other'),
    () => ({ role: 'admin' }),
    forUsers(inGroup(['403 forbidden', '403 forbidden', 200])),
  ),
  spoils(
    'PATCH /v1/groups/{groupId}/members/{userId} (himself)',
    (stage) => member(stage, 'owner'),
    () => ({ role: 'member' }),
    forUsers(inGroup(['403 forbidden', '403 forbidden', '403 forbidden'])),
  ),

  writes('POST /v1/messages', () => '/v1/messages', toGroup, forUsers(inGroup([201, 201, 201]))),
  writes('POST /v1/messages (as a member)', () => '/v1/messages', asMember, SENDING_AS_MEMBER),
  writes(
    'POST /v1/conversations/{conversationId}/messages',
    ({ conversationId }) => `/v1/conversations/${conversationId}/messages`,
    () => text(newName('m')),
    forUsers(inGroup([201, 201, 201])),
  ),
  writes(
    'POST /v1/conversations/{conversationId}/messages (of two)',
    ({ direct }) => `/v1/conversations/${direct}/messages`,
    () => text(newName('m')),
    forUsers([NOT_FOUND, NOT_FOUND, NOT_FOUND, 201, NOT_FOUND, 201]),
  ),
  writes(
    'POST /v1/conversations/{conversationId}/messages (notifications)',
    ({ groupId }) => `/v1/conversations/n_${groupId}/messages`,
    () => text(newName('m')),
    forUsers(['403 forbidden', '403 forbidden', '403 forbidden', '403 forbidden', '403 forbidden', '403 forbidden']),
  ),
  reads(
    'GET /v1/conversations/{conversationId}/messages',
    ({ conversationId }) => `/v1/conversations/${conversationId}/messages`,
    forUsers(inGroup([200, 200, 200])),
  ),
  reads(
    'GET /v1/conversations/{conversationId}/messages (of two)',
    ({ direct }) => `/v1/conversations/${direct}/messages`,
    forUsers([STRANGERS_NOT, STRANGERS_NOT, STRANGERS_NOT, 200, STRANGERS_NOT, 200]),
  ),
  writes(
    'PUT /v1/conversations/{conversationId}/read-cursor',
    ({ conversationId }) => `/v1/conversations/${conversationId}/read-cursor`,
    () => ({ seq: 1 }),
    forUsers(inGroup([200, 200, 200])),
  ),
];
