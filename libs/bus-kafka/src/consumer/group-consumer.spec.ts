import type { ConsumerConfig, ConsumerRunConfig, EachBatchPayload } from 'kafkajs';
import { kafkaClient } from '../kafka-client.js';
import { GroupConsumer } from './group-consumer.js';

jest.mock('../kafka-client.js');

/** kafkajs' consumer as far as it is used, with its events in hand. */
class FakeConsumer {
  readonly events = Object.fromEntries(
    ['GROUP_JOIN', 'REBALANCING', 'FETCH_START', 'STOP', 'CRASH', 'REQUEST'].map((name) => [name, name]),
  );
  readonly listeners = new Map<string, (event: { payload: unknown }) => void>();
  config: ConsumerConfig | undefined;
  running: ConsumerRunConfig | undefined;
  subscribed: unknown;
  readonly commitOffsets = jest.fn();

  on = (name: string, listener: (event: { payload: unknown }) => void): void => void this.listeners.set(name, listener);
  connect = (): Promise<void> => Promise.resolve();
  subscribe = (wish: unknown): Promise<void> => Promise.resolve(void (this.subscribed = wish));
  run = (config: ConsumerRunConfig): Promise<void> => Promise.resolve(void (this.running = config));
  emit = (name: string, payload: unknown): void => this.listeners.get(name)?.({ payload });
}

describe('a member of a Kafka group', () => {
  const ports = {
    onJoined: jest.fn(),
    onRebalancing: jest.fn(),
    onFetchStarted: jest.fn(),
    onBatch: jest.fn(),
    onHeard: jest.fn(),
    onCrashed: jest.fn(),
  };
  let fake: FakeConsumer;
  let consumer: GroupConsumer;

  beforeEach(async () => {
    jest.clearAllMocks();
    fake = new FakeConsumer();
    const create = (config: ConsumerConfig): FakeConsumer => Object.assign(fake, { config });
    jest.mocked(kafkaClient).mockReturnValue({ consumer: create } as unknown as ReturnType<typeof kafkaClient>);
    const client = { brokers: [], clientId: 'test', report: () => undefined };
    consumer = new GroupConsumer(client, 't', { group: 'g' }, ports);
    await consumer.start();
  });

  it('says that it has ended when kafkajs crashes, and never lets kafkajs restart it', async () => {
    const error = new Error('Failed to find group coordinator');
    fake.emit('CRASH', { error, restart: false });
    expect(ports.onCrashed).toHaveBeenCalledWith(error);
    expect(await fake.config?.retry?.restartOnFailure?.(error)).toBe(false);
  });

  it('is heard of by what the broker answers to a member', () => {
    fake.emit('REQUEST', { apiName: 'Metadata' });
    expect(ports.onHeard).not.toHaveBeenCalled();
    fake.emit('REQUEST', { apiName: 'Heartbeat' });
    expect(ports.onHeard).toHaveBeenCalledTimes(1);
  });

  it('takes its partitions over anew when kafkajs fetches on after a rejoin that it gave up, as while the coordinator loads its groups', () => {
    fake.emit('GROUP_JOIN', { memberAssignment: { t: [1, 2] } });
    fake.emit('FETCH_START', {});
    fake.emit('REBALANCING', {});
    expect(ports.onJoined).toHaveBeenCalledTimes(1);
    fake.emit('FETCH_START', {});
    expect(ports.onJoined.mock.calls).toEqual([[[1, 2]], [[1, 2]]]);
    expect(ports.onJoined.mock.invocationCallOrder[1]).toBeLessThan(ports.onFetchStarted.mock.invocationCallOrder[1]!);
    fake.emit('FETCH_START', {});
    expect(ports.onJoined).toHaveBeenCalledTimes(2);
  });

  it('commits through the payload of a batch, for kafkajs #1712 starts a second fetch loop otherwise', async () => {
    const commitOffsetsIfNecessary = jest.fn();
    await fake.running?.eachBatch?.({ commitOffsetsIfNecessary } as unknown as EachBatchPayload);
    await consumer.commit(new Map([[3, 42]]));
    expect(commitOffsetsIfNecessary).toHaveBeenCalledWith({ topics: [{ topic: 't', partitions: [{ partition: 3, offset: '42' }] }] });
    expect(fake.commitOffsets).not.toHaveBeenCalled();
  });

  it('does not commit by the payload of a consumer that has crashed', async () => {
    const commitOffsetsIfNecessary = jest.fn();
    await fake.running?.eachBatch?.({ commitOffsetsIfNecessary } as unknown as EachBatchPayload);
    fake.emit('CRASH', { error: new Error('away'), restart: true });
    await expect(consumer.commit(new Map([[3, 42]]))).rejects.toThrow();
    expect(commitOffsetsIfNecessary).not.toHaveBeenCalled();
  });

  it('never lets kafkajs commit in its fetch loop, and reads a new group’s topic from the beginning', () => {
    expect(fake.running).toMatchObject({ autoCommit: false, eachBatchAutoResolve: false });
    expect(fake.subscribed).toEqual({ topics: ['t'], fromBeginning: true });
  });

  it('lets the partitions of a killed member rest for less than ten seconds', () => {
    expect(fake.config?.sessionTimeout).toBeLessThanOrEqual(10_000);
    expect(fake.config?.heartbeatInterval).toBeLessThanOrEqual((fake.config?.sessionTimeout ?? 0) / 3);
  });
});
