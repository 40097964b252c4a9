import errors from 'kafkajs/src/errors.js';
import protocol from 'kafkajs/src/protocol/error.js';
import type { GroupConsumer, GroupConsumerPorts } from './group-consumer.js';
import { LastingConsumer } from './lasting-consumer.js';

const FORBIDDEN = 30;
const BEFORE_ANY_WAIT_ENDS_MS = 400;
const LONGEST_WAIT_MS = 10_000;

class Life {
  start = jest.fn(() => Promise.resolve());
  readonly stop = jest.fn(() => Promise.resolve());
  readonly pause = jest.fn();
  constructor(readonly ports: GroupConsumerPorts) {}
}

function setUp() {
  const lives: Life[] = [];
  const onBorn = jest.fn();
  const bear = (ports: GroupConsumerPorts): GroupConsumer => {
    const life = new Life(ports);
    lives.push(life);
    onBorn(life);
    return life as unknown as GroupConsumer;
  };
  const ports = { onJoined: jest.fn(), onRebalancing: jest.fn(), onFetchStarted: jest.fn(), onBatch: jest.fn(), report: jest.fn() };
  return { lives, onBorn, ports, consumer: new LastingConsumer('consume t', bear, ports), last: () => lives.at(-1)! };
}

describe('a consumer that lasts', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it.each([
    ['the coordinator is not found', new errors.KafkaJSGroupCoordinatorNotFound('Failed to find group coordinator')],
    ['something timed out', new errors.KafkaJSTimeout('too late')],
    ['a retriable error came', Object.assign(new Error('away'), { retriable: true })],
    ['something has a bug', new TypeError('x is not a function')],
    ['Kafka forbids it', protocol.createErrorFromCode(FORBIDDEN)],
  ])('joins again after a moment when %s', async (_what, error) => {
    const { consumer, lives, ports, last } = setUp();
    await consumer.start();
    last().ports.onCrashed(error);
    expect(ports.onRebalancing).toHaveBeenCalledTimes(1);
    expect(ports.report).toHaveBeenCalledWith(expect.stringContaining('consume t'), error);
    await jest.advanceTimersByTimeAsync(BEFORE_ANY_WAIT_ENDS_MS);
    expect(lives).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    expect(lives).toHaveLength(2);
    expect(last().start).toHaveBeenCalledTimes(1);
    last().ports.onJoined([1]);
    expect(ports.onJoined).toHaveBeenCalledWith([1]);
    consumer.pause([1]);
    expect(last().pause).toHaveBeenCalledWith([1]);
    await consumer.stop();
  });

  it('waits longer from time to time, never longer than ten seconds, and shortly again once it was a member for long', async () => {
    const { consumer, onBorn, last } = setUp();
    await consumer.start();
    const waits: number[] = [];
    const crash = async (): Promise<void> => {
      const at = Date.now();
      const before = onBorn.mock.calls.length;
      last().ports.onCrashed(new Error('away'));
      while (onBorn.mock.calls.length === before) await jest.advanceTimersByTimeAsync(100);
      waits.push(Date.now() - at);
    };
    for (let i = 0; i < 8; i += 1) await crash();
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThan(4_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
    last().ports.onJoined([]);
    for (let s = 0; s < 40; s += 1) {
      last().ports.onHeard();
      await jest.advanceTimersByTimeAsync(1_000);
    }
    await crash();
    expect(waits.at(-1)).toBe(waits[0]);
    await consumer.stop();
  });

  it('goes on trying when the next one can’t even connect', async () => {
    const { consumer, lives, onBorn, last } = setUp();
    await consumer.start();
    onBorn.mockImplementation((life: Life) => (life.start = jest.fn(() => Promise.reject(new Error('ECONNREFUSED')))));
    last().ports.onCrashed(new Error('away'));
    await jest.advanceTimersByTimeAsync(5 * LONGEST_WAIT_MS);
    expect(lives.length).toBeGreaterThan(5);
    await consumer.stop();
  });

  it('joins again when nothing was heard for long, for kafkajs may stop without a word', async () => {
    const { consumer, lives } = setUp();
    await consumer.start();
    await jest.advanceTimersByTimeAsync(50_000);
    expect(lives).toHaveLength(1);
    lives[0]!.ports.onHeard();
    await jest.advanceTimersByTimeAsync(50_000);
    expect(lives).toHaveLength(1);
    expect(consumer.sinceHeardMs()).toBe(50_000);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(lives).toHaveLength(2);
    expect(lives[0]!.stop).toHaveBeenCalledTimes(1);
    await consumer.stop();
  });

  it('says what only an operator can mend', async () => {
    const { consumer, ports, last } = setUp();
    await consumer.start();
    const forbidden = protocol.createErrorFromCode(FORBIDDEN);
    last().ports.onCrashed(forbidden);
    expect(ports.report).toHaveBeenCalledWith(expect.stringContaining('an operator must mend this'), forbidden);
    await consumer.stop();
  });

  it('does not listen to a life that is over', async () => {
    const { consumer, lives, ports } = setUp();
    await consumer.start();
    lives[0]!.ports.onCrashed(new Error('away'));
    await jest.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    lives[0]!.ports.onJoined([7]);
    lives[0]!.ports.onCrashed(new Error('again'));
    await jest.advanceTimersByTimeAsync(LONGEST_WAIT_MS);
    expect(ports.onJoined).not.toHaveBeenCalled();
    expect(lives).toHaveLength(2);
    await consumer.stop();
  });

  it('stays away once it was stopped', async () => {
    const { consumer, lives, last } = setUp();
    await consumer.start();
    last().ports.onCrashed(new Error('away'));
    await consumer.stop();
    await jest.advanceTimersByTimeAsync(5 * LONGEST_WAIT_MS);
    expect(lives).toHaveLength(1);
  });
});
