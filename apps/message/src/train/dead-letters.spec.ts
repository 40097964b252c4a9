import { EmbeddedLog, HEADER, type ReceivedRecord } from '#bus';
import { consumerGroup, deadLetterTopic, problem, TOPIC, TOPICS } from '#contracts';
import type { UnreadableRecord } from './command.js';
import { DeadLetters } from './dead-letters.js';

const LETTERS = deadLetterTopic(TOPIC.send, consumerGroup('message', TOPIC.send));

const record: ReceivedRecord = {
  topic: TOPIC.send,
  partition: 3,
  offset: 42,
  key: 'sg_team',
  value: Buffer.from([0xff, 0, 1]),
  headers: { [HEADER.type]: 'message.send', 'x-mine': 'ä' },
  timestamp: 1,
};
const dead = (reason: string): UnreadableRecord => ({
  partition: 3,
  offset: 42,
  reason,
  reply: undefined,
  error: problem('invalid_request', reason),
});

describe('dead letters of a train', () => {
  let log: EmbeddedLog;
  let told: number[];
  const keep = (...some: UnreadableRecord[]) => new DeadLetters(log, TOPIC.send, (_, { offset }) => told.push(offset)).keep(some, [record]);
  const letters = async () => {
    const found: ReceivedRecord[] = [];
    const subscription = await log.subscribe(LETTERS, { group: 'test', maxRecords: 100, maxBytes: 1e7 }, ({ records }) => {
      found.push(...records);
      return Promise.resolve();
    });
    await subscription.caughtUp();
    return found;
  };

  beforeEach(async () => {
    told = [];
    log = await EmbeddedLog.inMemory();
    await log.createTopics(TOPICS);
  });
  afterEach(() => log.close());

  it('are their records, byte for byte, with the reason and the place they came from', async () => {
    await keep(dead('the value is not UTF-8'));
    const [letter] = await letters();
    expect(letter).toMatchObject({ key: 'sg_team', value: record.value });
    expect(letter?.headers).toEqual({
      ...record.headers,
      [HEADER.reason]: 'the value is not UTF-8',
      [HEADER.origin]: `${TOPIC.send}/3/42`,
    });
    expect(told).toEqual([42]);
  });

  it('give the beginning of a reason without end', async () => {
    await keep(dead('x'.repeat(1_000_000)));
    expect((await letters())[0]?.headers[HEADER.reason]).toBe('x'.repeat(1000));
  });

  it('are told of once they are durable, not before', async () => {
    await log.close();
    await expect(keep(dead('any'))).rejects.toMatchObject({ code: 'unavailable' });
    expect(told).toEqual([]);
    log = await EmbeddedLog.inMemory();
  });

  it('are none when nothing is dead', async () => {
    await keep();
    expect(told).toEqual([]);
  });
});
