import { direct } from './testing/other-services.suite.js';
import type { TestClient } from './testing/test-client.suite.js';
import { TestEdge } from './testing/test-edge.suite.js';

const TEXT = { type: 'text', content: { text: 'hi' } };

describe('a wrong frame', () => {
  let test: TestEdge;
  let alice: TestClient;

  beforeAll(async () => {
    test = await TestEdge.start();
    test.services.unknownUsers.add('nobody');
  });
  afterAll(() => test.stop());

  beforeEach(async () => {
    alice = await test.connect('alice');
  });
  afterEach(async () => {
    expect(await alice.ok('ping')).toHaveProperty('serverTime');
    alice.terminate();
  });

  const send = (more: object) => ({ to: { userId: 'bob' }, clientMsgId: 'c1', ...TEXT, ...more });
  const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

  it.each([
    ['no JSON', 'hello', 'malformed_json'],
    ['half a JSON', '{"type":"ping"', 'malformed_json'],
    ['nothing', '', 'malformed_json'],
    ['a number', '7', 'invalid_request'],
    ['null', 'null', 'invalid_request'],
    ['an array of arrays', '[[]]', 'invalid_request'],
    ['an empty array', '[]', 'invalid_request'],
    ['no id', '{"type":"ping","data":{}}', 'invalid_request'],
    ['a fractional id', '{"type":"ping","id":1.5}', 'invalid_request'],
    ['a negative id', '{"type":"ping","id":-1}', 'invalid_request'],
    ['an empty id', '{"type":"ping","id":""}', 'invalid_request'],
    ['an id of 65 characters', `{"type":"ping","id":"${'x'.repeat(65)}"}`, 'invalid_request'],
    ['101 frames in an array', JSON.stringify(Array.from({ length: 101 }, (_, id) => ({ type: 'ping', id }))), 'invalid_request'],
  ])('of %s is answered without an id', async (_, text, code) => {
    expect(await alice.errorAfter(text)).toMatchObject({ code, requestId: expect.any(String) as string });
  });

  it('of invalid UTF-8 is malformed JSON', async () => {
    expect(await alice.errorAfter(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ code: 'malformed_json' });
  });

  it('in a binary message is of an unsupported media type', async () => {
    expect(await alice.errorAfter(Buffer.from('{}'), { binary: true })).toMatchObject({ code: 'unsupported_media_type' });
  });

  it.each([
    ['a type that is no text', '{"type":7,"id":"w"}', 'invalid_request'],
    ['an unknown type', '{"type":"dance","id":"w"}', 'unknown_frame_type'],
    ['a type of every object', '{"type":"constructor","id":"w"}', 'unknown_frame_type'],
    ['an unknown field beside data', '{"type":"ping","id":"w","extra":1}', 'invalid_request'],
    ['data that is no object', '{"type":"ping","id":"w","data":[]}', 'invalid_request'],
    ['null data', '{"type":"ping","id":"w","data":null}', 'invalid_request'],
    ['__proto__ beside data', '{"type":"ping","id":"w","__proto__":{}}', 'invalid_request'],
    ['an unknown field in data', '{"type":"ping","id":"w","data":{"extra":1}}', 'invalid_request'],
  ])('with %s is answered by its id', async (_, text, code) => {
    alice.sendText(text);
    expect((await alice.answer('w')).error).toMatchObject({ code, retryable: false });
  });

  it.each([
    ['no client message id', send({ clientMsgId: undefined }), 'invalid_request'],
    ['a bad client message id', send({ clientMsgId: 'a b' }), 'invalid_request'],
    ['no target', send({ to: undefined }), 'invalid_request'],
    ['two targets', send({ to: { userId: 'bob', groupId: 'g' } }), 'invalid_request'],
    ['an illegal user id', send({ to: { userId: 'b/b' } }), 'invalid_request'],
    ['an illegal conversation id', send({ to: undefined, conversationId: 'g_x' }), 'invalid_request'],
    ['an unknown user', send({ to: { userId: 'nobody' } }), 'user_not_found'],
    ['an unknown group', send({ to: { groupId: 'none' } }), 'group_not_found'],
    ['a conversation of others', send({ to: undefined, conversationId: direct('bob', 'carol') }), 'conversation_not_found'],
    ['another sender', send({ senderId: 'bob' }), 'forbidden'],
    ['no content', send({ content: undefined }), 'invalid_request'],
    ['an unknown content type', send({ type: 'smell' }), 'invalid_request'],
    ['content that is too large', send({ content: 'x'.repeat(65_536) }), 'payload_too_large'],
    ['content that is nested too deep', send({ content: deep(33) }), 'invalid_request'],
    ['too many mentions', send({ mentions: Array.from({ length: 101 }, (_, i) => `u${i}`) }), 'invalid_request'],
    ['an unknown option', send({ options: { loud: true } }), 'invalid_request'],
    ['a time that is none', send({ createdAt: 'yesterday' }), 'invalid_request'],
  ])('send with %s', async (_, data, code) => {
    expect(await alice.refused('send', data)).toBe(code);
  });

  it.each([
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['an escaped __proto__', '{"\\u005f_proto__":1}'],
    ['a lone surrogate', '"\\ud800"'],
    ['a number beyond a double', '1e999'],
    ['a hundred levels', '['.repeat(100) + ']'.repeat(100)],
    ['a hundred thousand levels', '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('send with %s in its content is refused by its id, and those beside it are not', async (_, content) => {
    const frame = (id: string, text: string) =>
      `{"type":"send","id":"${id}","data":{"to":{"userId":"bob"},"clientMsgId":"${id}","type":"custom","content":${text}}}`;
    alice.sendText(`[${frame('bad', content)},${frame('good', '1')}]`);
    expect((await alice.answer('bad')).error?.code).toBe('invalid_request');
    expect((await alice.answer('good')).type).toBe('ok');
  });

  it.each([
    ['read', { conversationId: 'si_alice_bob', seq: -1 }, 'invalid_request'],
    ['read', { conversationId: 'si_alice_bob', seq: 1.5 }, 'invalid_request'],
    ['read', { conversationId: 'si_alice_bob', seq: 1e9 }, 'invalid_request'],
    ['read', { conversationId: 'si_alice_zoe', seq: 0 }, 'conversation_not_found'],
    ['history', {}, 'invalid_request'],
    ['history', { conversationId: 'si_alice_bob', limit: 0 }, 'invalid_request'],
    ['history', { conversationId: 'si_alice_bob', limit: 51 }, 'invalid_request'],
    ['history', { conversationId: 'si_alice_bob', beforeSeq: 1, afterSeq: 1 }, 'invalid_request'],
    ['history', { conversationId: 'si_alice_bob', fromSeq: 2, toSeq: 1 }, 'invalid_request'],
    ['history', { conversationId: 'si_alice_bob', fromSeq: -2, toSeq: 1 }, 'invalid_request'],
    ['sync', {}, 'invalid_request'],
    ['sync', { cursors: { x: 1 } }, 'invalid_request'],
    ['sync', { cursors: { si_alice_bob: -1 } }, 'invalid_request'],
    ['sync', { cursors: [] }, 'invalid_request'],
    ['sync', { cursors: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`sg_g${i}`, 1])) }, 'invalid_request'],
    ['connect', { token: 'x' }, 'invalid_request'],
    ['refresh', { token: 'x' }, 'invalid_token'],
    ['refresh', {}, 'invalid_request'],
  ])('%s %j', async (type, data, code) => {
    expect(await alice.refused(type, data)).toBe(code);
  });

  it('names the field by a pointer', async () => {
    const answer = await alice.answer(alice.post('sync', { cursors: { si_alice_bob: 0.5 } }));
    expect(answer.error).toMatchObject({ errors: [{ pointer: '/cursors' }] });
  });
});
