import errors from 'kafkajs/src/errors.js';
import protocol from 'kafkajs/src/protocol/error.js';
import { needsOperator } from './operator-error.js';

const FORBIDDEN = 29;
const NOT_LEADER = 6;

describe('what ends a consumer', () => {
  it('is an operator’s to mend when Kafka forbids it, however deep kafkajs wraps that', () => {
    const forbidden = protocol.createErrorFromCode(FORBIDDEN);
    expect(needsOperator(forbidden)).toBe(true);
    expect(needsOperator(new errors.KafkaJSNonRetriableError(forbidden, { cause: forbidden }))).toBe(true);
    expect(needsOperator(new errors.KafkaJSSASLAuthenticationError('who are you'))).toBe(true);
  });

  it('passes by itself when a broker is away, whatever kafkajs holds for the end', () => {
    expect(needsOperator(new errors.KafkaJSGroupCoordinatorNotFound('Failed to find group coordinator'))).toBe(false);
    expect(needsOperator(new errors.KafkaJSTimeout('away'))).toBe(false);
    expect(needsOperator(protocol.createErrorFromCode(NOT_LEADER))).toBe(false);
    expect(needsOperator('no error at all')).toBe(false);
  });
});
