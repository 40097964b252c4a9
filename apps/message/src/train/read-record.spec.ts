import fc from 'fast-check';
import { HEADER, type ReceivedRecord } from '#bus';
import { MESSAGE_COMMAND, TOPIC } from '#contracts';
import { isUnreadable, readRecord } from './read-record.js';

const record = (headers: ReceivedRecord['headers']): ReceivedRecord => ({
  topic: TOPIC.send,
  partition: 0,
  offset: 7,
  timestamp: 1,
  key: 'k',
  value: Buffer.from('{'),
  headers,
});
const replyOf = (headers: ReceivedRecord['headers']) => readRecord(record(headers), { epoch: 0, offset: 0 }).reply;

describe('where the answer to a record goes', () => {
  it('is known with the request that it belongs to, also of a record that nobody can read', () => {
    const headers = { 'reply-to': '3/p', 'correlation-id': 'c', 'request-id': 'r' };
    expect(replyOf(headers)).toEqual({ replyTo: '3/p', correlationId: 'c', requestId: 'r' });
  });

  it('is nowhere when the address is none', () => {
    expect(replyOf({ 'reply-to': '../x', 'correlation-id': 'c' })).toBeUndefined();
    expect(replyOf({ 'correlation-id': 'c' })).toBeUndefined();
  });
});

const send = {
  conversationId: 'si_alice_bob',
  senderId: 'alice',
  clientMsgId: '1',
  senderNickname: 'Alice',
  senderAvatar: '',
  type: 'text',
  content: '{"text":"hi"}',
  options: { unreadCount: false },
  createdAt: 1,
};
const open = { commandId: 'c', conversationId: 'sg_team', userIds: ['alice'], history: 'all' };

const { type } = HEADER;
const read = (value: Buffer | object, headers: Record<string, string> = { [type]: MESSAGE_COMMAND.send }, key = 'si_alice_bob') => {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  const record: ReceivedRecord = { topic: TOPIC.send, partition: 3, offset: 7, key, value: bytes, headers, timestamp: 1 };
  return readRecord(record, { epoch: 0, offset: 0 });
};

describe('reading a record of the inbound log', () => {
  it('reads a send and a rule', () => {
    expect(read(send)).toMatchObject({ offset: 7, command: { kind: 'send', body: send } });
    expect(read(open, { [type]: MESSAGE_COMMAND.openWindows }, 'sg_team')).toMatchObject({ command: { kind: 'open', body: open } });
  });

  it.each<{ what: string; reason: RegExp; value: Buffer | object; headers?: Record<string, string>; key?: string }>([
    { what: 'bytes that are no text', reason: /not UTF-8/, value: Buffer.from([0xff, 0xfe, 0]) },
    {
      what: 'JSON with bytes that are no text in it',
      reason: /not UTF-8/,
      value: Buffer.from(JSON.stringify(send).replace('hi', '\u00ff'), 'latin1'),
    },
    { what: 'nothing', reason: /JSON/, value: Buffer.alloc(0) },
    { what: 'text that is no JSON', reason: /JSON/, value: Buffer.from('{"conversationId":') },
    { what: 'JSON that is no object', reason: /not a JSON object/, value: Buffer.from('[{}]') },
    { what: 'null', reason: /not a JSON object/, value: Buffer.from('null') },
    { what: 'a record without a type', reason: /unknown command type ""/, value: send, headers: {} },
    { what: 'a type that nobody knows', reason: /unknown command type "toString"/, value: send, headers: { [type]: 'toString' } },
    { what: 'a send without a sender', reason: /senderId/, value: { ...send, senderId: undefined } },
    { what: 'a send to what is no conversation', reason: /conversationId/, value: { ...send, conversationId: 'g_old' } },
    { what: 'the key of another conversation', reason: /key is not that of/, value: send, key: 'sg_team' },
    { what: 'content that is no JSON', reason: /content/, value: { ...send, content: '{"text":' } },
    { what: 'content that adds to the message around it', reason: /content/, value: { ...send, content: '{},"senderId":"bob"' } },
    { what: 'options that are none', reason: /options/, value: { ...send, options: { unreadCount: 'no' } } },
    { what: 'options that nobody bounds', reason: /options/, value: { ...send, options: { more: 'x'.repeat(500_000) } } },
    { what: 'a list for options', reason: /options/, value: { ...send, options: [true] } },
    { what: 'a time that no calendar has', reason: /createdAt/, value: { ...send, createdAt: 1e300 } },
    {
      what: 'a rule for nobody',
      reason: /userIds/,
      value: { ...open, userIds: [] },
      headers: { [type]: MESSAGE_COMMAND.openWindows },
      key: 'sg_team',
    },
  ])('sets $what aside, and says why', ({ reason, value, headers, key }) => {
    const unreadable = read(value, headers, key);
    expect(unreadable).toMatchObject({ partition: 3, offset: 7, reason: expect.stringMatching(reason) });
    expect(unreadable).toMatchObject({ error: { code: 'invalid_request' } });
  });

  it('never throws, whatever the bytes and headers', () => {
    const names = fc.constantFrom(type, HEADER.replyTo, HEADER.correlationId, 'x');
    const values = fc.oneof(fc.string(), fc.constantFrom(...Object.values(MESSAGE_COMMAND), '3/p', '99/p'));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 50 }).map((array) => Buffer.from(array)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .record({ field: fc.constantFrom(...Object.keys(send)), value: fc.jsonValue() })
        .map(({ field, value }) => ({ ...send, [field]: value })),
    );
    fc.assert(
      fc.property(bytes, fc.dictionary(names, values), fc.string(), (value, headers, key) => {
        const record = read(value, headers, key);
        if (isUnreadable(record)) expect(record.reason).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});
