import type { Producer } from 'kafkajs';
import { CurrentProducer } from './current-producer.js';

const LINGER_MS = 5000;

function setUp() {
  const made: { disconnect: jest.Mock }[] = [];
  const connect = jest.fn(() => {
    const producer = { disconnect: jest.fn(() => Promise.resolve()) };
    made.push(producer);
    return Promise.resolve(producer as unknown as Producer);
  });
  return { made, connect, current: new CurrentProducer(connect, LINGER_MS) };
}

describe('CurrentProducer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('replaces a producer once, whoever else says that it failed, and disconnects it later', async () => {
    const { made, current } = setUp();
    const [one, two] = await Promise.all([current.lend(), current.lend()]);
    expect(one.producer).toBe(two.producer);
    one.renew();
    const next = await current.lend();
    expect(next.producer).not.toBe(one.producer);
    two.renew();
    expect((await current.lend()).producer).toBe(next.producer);
    expect(made[0]!.disconnect).not.toHaveBeenCalled();
    jest.advanceTimersByTime(LINGER_MS);
    expect(made.map(({ disconnect }) => disconnect.mock.calls.length)).toEqual([1, 0]);
    await current.disconnect();
    expect(made.map(({ disconnect }) => disconnect.mock.calls.length)).toEqual([1, 1]);
  });

  it('connects again after it could not', async () => {
    const { connect, current } = setUp();
    connect.mockRejectedValueOnce(new Error('away'));
    await expect(current.lend()).rejects.toThrow('away');
    await expect(current.lend()).resolves.toHaveProperty('producer');
  });
});
