import { startKafka, type KafkaServer } from '#testing';
import { awaitCoordinators } from './coordinators.js';

jest.setTimeout(60_000);

describe('the coordinators of consumer groups', () => {
  let kafka: KafkaServer;
  const said: string[] = [];
  const starts = { says: (line: string) => said.push(line) };

  beforeAll(async () => {
    kafka = await startKafka();
  });

  afterAll(() => kafka.stop());

  const awaited = (startAgain: () => Promise<void>) => awaitCoordinators({ brokers: kafka.brokers, startAgain, say: starts.says }, 10_000);

  it('are waited for', async () => {
    await awaited(() => Promise.reject(new Error('it was well')));
    expect(said).toEqual([]);
  });

  it('make a broker start once more that does not come to have them', async () => {
    kafka.process.signal('SIGSTOP');
    await awaited(async () => {
      await kafka.process.kill('SIGKILL');
      await kafka.process.start();
    });
    expect(said.join()).toContain('is started once more');
  });
});
