import type { ReceivedRecord } from '#bus';
import { TOPIC } from '#contracts';
import { readRecord } from './read-record.js';

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
