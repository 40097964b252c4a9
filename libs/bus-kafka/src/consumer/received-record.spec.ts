import fc from 'fast-check';
import { receivedRecord } from './received-record.js';

describe('a record as Kafka has it', () => {
  it('becomes one of ours, whatever anyone wrote into the topic', () => {
    const bytes = fc.uint8Array({ maxLength: 20 }).map((some) => Buffer.from(some));
    const nullable = fc.option(bytes);
    const header = fc.oneof(bytes, fc.array(bytes, { maxLength: 3 }), fc.string(), fc.constant(undefined));
    const headers = fc.option(fc.dictionary(fc.string(), header), { nil: undefined });
    fc.assert(
      fc.property(nullable, nullable, headers, (key, value, some) => {
        const message = { key, value, timestamp: '17', attributes: 0, offset: '9007199254740991', ...(some && { headers: some }) };
        const record = receivedRecord('t', 3, message);
        expect(record).toMatchObject({ topic: 't', partition: 3, offset: Number.MAX_SAFE_INTEGER, timestamp: 17 });
        expect(record.value).toEqual(value ?? Buffer.alloc(0));
        expect(Object.values(record.headers).every((text) => typeof text === 'string')).toBe(true);
      }),
    );
  });
});
