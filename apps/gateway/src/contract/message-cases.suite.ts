import { problem } from '#contracts';
import { conversation, conversationShown, message, messageShown, sent, sentShown, state, stateShown } from './examples.suite.js';
import type { RouteCase } from './route-case.suite.js';

const refuse = (code: Parameters<typeof problem>[0]) => () => Promise.reject(problem(code, 'as the service says'));
const MESSAGE = { clientMsgId: 'c1', type: 'text', content: { text: 'hi' } };
const SEND = '/v1/messages';
const HISTORY = '/v1/conversations/si_alice_bob/messages';
const PAGE = { items: [message], minSeq: 1, maxSeq: 7, complete: true };
const PAGE_SHOWN = { ...PAGE, items: [messageShown] };
const IN_CONVERSATION = { userId: 'alice', conversationId: 'si_alice_bob' };

export const SEND_CASES: RouteCase[] = [
  {
    route: 'POST /v1/messages',
    name: 'sends to a user',
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, to: { userId: 'bob' } } },
    bus: { 'message.send': sent },
    expected: { status: 201, body: sentShown, headers: { 'idempotent-replayed': undefined } },
  },
  {
    route: 'POST /v1/messages',
    name: 'answers a repetition with the first answer',
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, to: { groupId: 'g1' } } },
    bus: { 'message.send': { ...sent, replayed: true } },
    expected: { status: 200, body: sentShown, headers: { 'idempotent-replayed': 'true' } },
  },
  {
    route: 'POST /v1/messages',
    name: 'sends for a user whom a backend names in the body',
    request: { method: 'POST', url: SEND, as: 'backend', body: { ...MESSAGE, conversationId: 'sg_g1', senderId: 'alice' } },
    bus: { 'message.send': sent },
    expected: { status: 201 },
  },
  {
    route: 'POST /v1/messages',
    name: 'sends for a user whom a backend names in the header',
    request: { method: 'POST', url: SEND, as: 'backend for alice', body: { ...MESSAGE, to: { userId: 'bob' } } },
    bus: { 'message.send': sent },
    expected: { status: 201 },
  },
  {
    route: 'POST /v1/messages',
    name: 'wants to know from a backend who sends',
    request: { method: 'POST', url: SEND, as: 'backend', body: { ...MESSAGE, to: { userId: 'bob' } } },
    expected: { error: 'invalid_request', pointer: '/senderId' },
  },
  {
    route: 'POST /v1/messages',
    name: 'lets no user send as another',
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, to: { userId: 'bob' }, senderId: 'bob' } },
    expected: { error: 'forbidden' },
  },
  {
    route: 'POST /v1/messages',
    name: 'refuses a receiver that does not exist',
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, to: { userId: 'nobody' } } },
    expected: { error: 'user_not_found' },
  },
  ...(
    [
      ['two targets', { to: { userId: 'bob', groupId: 'g1' } }, '/to'],
      ['no target', {}, '/to'],
      ['no content', { to: { userId: 'bob' }, content: undefined }, '/content'],
      ['an unknown type', { to: { userId: 'bob' }, type: 'smoke' }, '/type'],
      ['a client message id with illegal characters', { to: { userId: 'bob' }, clientMsgId: 'a b' }, '/clientMsgId'],
      ['a client message id that is too long', { to: { userId: 'bob' }, clientMsgId: 'a'.repeat(65) }, '/clientMsgId'],
      ['too many mentions', { to: { userId: 'bob' }, mentions: Array.from({ length: 101 }, (_, n) => `u${n}`) }, '/mentions'],
      ['an unknown field', { to: { userId: 'bob' }, text: 'hi' }, '/text'],
      ['an unknown field within', { to: { userId: 'bob', name: 'Bob' } }, '/to/name'],
      ['an option that is no boolean', { to: { userId: 'bob' }, options: { senderSync: 'no' } }, '/options/senderSync'],
      ['a time that is none', { to: { userId: 'bob' }, createdAt: '2026-13-01T00:00:00Z' }, '/createdAt'],
      ['null for a time', { to: { userId: 'bob' }, createdAt: null }, '/createdAt'],
      ['a conversation id that is none', { conversationId: 'g_old' }, '/conversationId'],
    ] as const
  ).map(([name, fields, pointer]): RouteCase => ({
    route: 'POST /v1/messages',
    name: `refuses ${name}`,
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, ...fields } },
    expected: { error: 'invalid_request', pointer },
  })),
  {
    route: 'POST /v1/messages',
    name: 'refuses content over 64 KiB',
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, content: 'x'.repeat(70_000), to: { userId: 'bob' } } },
    expected: { error: 'payload_too_large' },
  },
  {
    route: 'POST /v1/messages',
    name: 'passes on that the id was used for another content',
    request: { method: 'POST', url: SEND, body: { ...MESSAGE, to: { userId: 'bob' } } },
    bus: { 'message.send': refuse('idempotency_key_reused') },
    expected: { error: 'idempotency_key_reused' },
  },
  {
    route: 'POST /v1/conversations/{conversationId}/messages',
    name: 'sends into a conversation',
    request: { method: 'POST', url: HISTORY, body: MESSAGE },
    bus: { 'message.send': sent },
    expected: { status: 201, body: sentShown },
  },
  {
    route: 'POST /v1/conversations/{conversationId}/messages',
    name: 'refuses the conversation of two others',
    request: { method: 'POST', url: '/v1/conversations/si_bob_carol/messages', body: MESSAGE },
    expected: { error: 'conversation_not_found' },
  },
  {
    route: 'POST /v1/conversations/{conversationId}/messages',
    name: 'takes no second target',
    request: { method: 'POST', url: HISTORY, body: { ...MESSAGE, to: { userId: 'bob' } } },
    expected: { error: 'invalid_request', pointer: '/to' },
  },
  {
    route: 'POST /v1/conversations/{conversationId}/messages',
    name: 'lets nobody write where the server writes',
    request: { method: 'POST', url: '/v1/conversations/n_alice_bob/messages', body: MESSAGE },
    expected: { error: 'forbidden' },
  },
];

export const READ_CASES: RouteCase[] = [
  {
    route: 'GET /v1/conversations/{conversationId}/messages',
    name: 'reads the latest page',
    request: { method: 'GET', url: HISTORY },
    bus: { 'message.read-page': PAGE },
    expected: { status: 200, body: PAGE_SHOWN, headers: { 'content-type': 'application/json; charset=utf-8' } },
    asks: { name: 'message.read-page', key: 'si_alice_bob', payload: { ...IN_CONVERSATION, limit: 50 } },
  },
  {
    route: 'GET /v1/conversations/{conversationId}/messages',
    name: 'reads a page before a seq',
    request: { method: 'GET', url: `${HISTORY}?beforeSeq=8&limit=5` },
    bus: { 'message.read-page': PAGE },
    expected: { status: 200, body: PAGE_SHOWN },
    asks: { name: 'message.read-page', payload: { ...IN_CONVERSATION, beforeSeq: 8, limit: 5 } },
  },
  {
    route: 'GET /v1/conversations/{conversationId}/messages',
    name: 'reads a range',
    request: { method: 'GET', url: `${HISTORY}?fromSeq=1&toSeq=7` },
    bus: { 'message.read-range': PAGE },
    expected: { status: 200, body: PAGE_SHOWN },
    asks: { name: 'message.read-range', payload: { ...IN_CONVERSATION, fromSeq: 1, toSeq: 7 } },
  },
  {
    route: 'GET /v1/conversations/{conversationId}/messages',
    name: 'refuses a negative seq',
    request: { method: 'GET', url: `${HISTORY}?afterSeq=-1` },
    expected: { error: 'invalid_request', pointer: '/afterSeq' },
  },
  {
    route: 'GET /v1/conversations/{conversationId}/messages',
    name: 'refuses a fraction of a seq',
    request: { method: 'GET', url: `${HISTORY}?afterSeq=1.5` },
    expected: { error: 'invalid_request', pointer: '/afterSeq' },
  },
  {
    route: 'GET /v1/conversations/{conversationId}/messages',
    name: 'passes on that the window is closed',
    request: { method: 'GET', url: HISTORY },
    bus: { 'message.read-page': refuse('not_a_member') },
    expected: { error: 'not_a_member' },
  },
  {
    route: 'PUT /v1/conversations/{conversationId}/read-cursor',
    name: 'moves the cursor',
    request: { method: 'PUT', url: '/v1/conversations/si_alice_bob/read-cursor', body: { seq: 5 } },
    bus: { 'message.mark-read': state },
    expected: { status: 200, body: stateShown },
    asks: { name: 'message.mark-read', key: 'si_alice_bob', payload: { ...IN_CONVERSATION, seq: 5 } },
  },
  ...[-1, 1.5, '5', 2 ** 53].map((seq): RouteCase => ({
    route: 'PUT /v1/conversations/{conversationId}/read-cursor',
    name: `refuses the seq ${JSON.stringify(seq)}`,
    request: { method: 'PUT', url: '/v1/conversations/si_alice_bob/read-cursor', body: { seq } },
    expected: { error: 'invalid_request', pointer: '/seq' },
  })),
  {
    route: 'PUT /v1/conversations/{conversationId}/read-cursor',
    name: 'passes on that it lies beyond the end',
    request: { method: 'PUT', url: '/v1/conversations/si_alice_bob/read-cursor', body: { seq: 99 } },
    bus: { 'message.mark-read': refuse('outside_window') },
    expected: { error: 'outside_window' },
  },
  {
    route: 'POST /v1/me/conversations:states',
    name: 'reads the numbers of many',
    request: { method: 'POST', url: '/v1/me/conversations:states', body: { conversationIds: ['si_alice_bob', 'sg_gone'] } },
    bus: { 'message.get-states': [state] },
    expected: { status: 200, body: { items: [stateShown] } },
    asks: { name: 'message.get-states', payload: { userId: 'alice', conversationIds: ['si_alice_bob', 'sg_gone'] } },
  },
  {
    route: 'POST /v1/me/conversations:states',
    name: 'refuses a wrong id among them',
    request: { method: 'POST', url: '/v1/me/conversations:states', body: { conversationIds: ['si_bob_alice'] } },
    expected: { error: 'invalid_request', pointer: '/conversationIds' },
  },
  {
    route: 'GET /v1/me/conversations',
    name: 'lists conversations',
    request: { method: 'GET', url: '/v1/me/conversations?limit=10&cursor=c' },
    bus: { 'conversation.list': { items: [conversation], nextCursor: null } },
    expected: { status: 200, body: { items: [conversationShown], nextCursor: null } },
    asks: { name: 'conversation.list', key: 'alice', payload: { userId: 'alice', limit: 10, cursor: 'c' } },
  },
  {
    route: 'GET /v1/me/conversations',
    name: 'refuses an unknown parameter',
    request: { method: 'GET', url: '/v1/me/conversations?page=2' },
    expected: { error: 'invalid_request', pointer: '/page' },
  },
  {
    route: 'GET /v1/me/conversations/{conversationId}',
    name: 'reads one',
    request: { method: 'GET', url: '/v1/me/conversations/si_alice_bob' },
    bus: { 'conversation.get': { ...conversation, latest: null, draft: 'hm', draftAt: 1 } },
    expected: { status: 200, body: { ...conversationShown, latest: null, draft: 'hm', draftAt: '1970-01-01T00:00:00.001Z' } },
    asks: { name: 'conversation.get', payload: IN_CONVERSATION },
  },
  {
    route: 'GET /v1/me/conversations/{conversationId}',
    name: 'says which is not there',
    request: { method: 'GET', url: '/v1/me/conversations/si_alice_bob' },
    bus: { 'conversation.get': refuse('conversation_not_found') },
    expected: { error: 'conversation_not_found' },
  },
  {
    route: 'PATCH /v1/me/conversations/{conversationId}',
    name: 'pins, and leaves the rest',
    request: { method: 'PATCH', url: '/v1/me/conversations/si_alice_bob', body: { pinned: true } },
    bus: { 'conversation.update': conversation },
    expected: { status: 200, body: conversationShown },
    asks: { name: 'conversation.update', payload: { ...IN_CONVERSATION, pinned: true } },
  },
  {
    route: 'PATCH /v1/me/conversations/{conversationId}',
    name: 'takes no text for a switch',
    request: { method: 'PATCH', url: '/v1/me/conversations/si_alice_bob', body: { muted: 'yes' } },
    expected: { error: 'invalid_request', pointer: '/muted' },
  },
];
