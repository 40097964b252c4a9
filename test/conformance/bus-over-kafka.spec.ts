import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { deferred, newId, type AppError } from '#kernel';
import { consumerGroup, deadLetterTopic, GetGroup, GROUP_QUESTIONS, problem, rpcTopic, TOPIC, TOPICS } from '#contracts';
import { BusClient, HectoServer, HEADER, type ReceivedRecord } from '#bus';
import { KafkaLog } from '#bus-kafka';
import { silentTelemetry } from '#observability';
import { testServers, waitFor } from '#testing';

const RPC = rpcTopic('group');
const USED: string[] = [TOPIC.reply, RPC, TOPIC.userChanged];
const ask = (groupId: string) => ({ groupId, actorId: 'alice' }) as GetGroup;

/** Topics and groups under a prefix of its own: other tests run on the same brokers. */
class OwnTopics extends KafkaLog {
  readonly created = new Set<string>();

  constructor(
    brokers: readonly string[],
    private readonly prefix: string,
  ) {
    super({ brokers, clientId: `bus-test-${prefix}` });
  }

  override append: KafkaLog['append'] = (topic, records) => super.append(this.prefix + topic, records);

  override subscribe: KafkaLog['subscribe'] = (topic, options, onTrain) =>
    super.subscribe(this.prefix + topic, { ...options, group: this.prefix + options.group }, onTrain);

  override async createTopics(specs: Parameters<KafkaLog['createTopics']>[0]): Promise<string[]> {
    const created = await super.createTopics(specs.map((spec) => ({ ...spec, name: this.prefix + spec.name })));
    created.forEach((name) => this.created.add(name));
    return created;
  }
}

describe('the bus over Kafka', () => {
  const brokers = testServers().kafkaBrokers.split(',');
  const prefix = `bus-${newId().toLowerCase()}.`;
  const logs: OwnTopics[] = [];
  let [askerLog, serverLog]: OwnTopics[] = [];
  let asker: BusClient;
  const servers: HectoServer[] = [];
  const clients: BusClient[] = [];

  const client = async (log: OwnTopics, service: string): Promise<BusClient> => {
    const bus = await BusClient.start({ log, service, instance: newId(), telemetry: silentTelemetry(service) });
    clients.push(bus);
    return bus;
  };
  const serve = async (prepare: (server: HectoServer) => void): Promise<HectoServer> => {
    const bus = await client(serverLog!, 'group');
    const server = new HectoServer({
      log: serverLog!,
      bus,
      telemetry: silentTelemetry('group'),
      service: 'group',
      instance: newId(),
      delayAfter,
    });
    prepare(server);
    await new Promise<void>((resolve, reject) => server.listen((error) => (error ? reject(error) : resolve())));
    servers.push(server);
    return server;
  };
  const delayAfter = (attempt: number) => (attempt < 3 ? 5 : undefined);

  beforeAll(async () => {
    logs.push((askerLog = new OwnTopics(brokers, prefix)), (serverLog = new OwnTopics(brokers, prefix)));
    await askerLog.createTopics(TOPICS.filter(({ name }) => USED.includes(name)));
    asker = await client(askerLog, 'gateway');
  }, 30_000);

  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())), 20_000);

  afterAll(async () => {
    await Promise.all(clients.map((one) => one.close()));
    await Promise.all(logs.map((log) => log.close()));
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: logs.flatMap((log) => [...log.created]) });
    await admin.disconnect();
  }, 30_000);

  it('answers questions of one key in order and many keys at once, and keeps errors', async () => {
    const seen: string[] = [];
    await serve((server) => {
      const get = (payload: GetGroup): Promise<object> => {
        seen.push(payload.groupId);
        return payload.groupId === 'none'
          ? Promise.reject(problem('group_not_found', 'there is no none'))
          : Promise.resolve({ name: payload.groupId });
      };
      server.addHandler(GROUP_QUESTIONS.get.name, get as never, false, { payload: GetGroup });
    });
    const ids = Array.from({ length: 200 }, (_, n) => `k${n % 7}-${n}`);
    const answers = await Promise.all(ids.map((id) => asker.ask(GROUP_QUESTIONS.get, id.slice(0, 2), ask(id), { timeoutMs: 15_000 })));
    expect(answers).toEqual(ids.map((name) => ({ name })));
    for (let key = 0; key < 7; key += 1) {
      const ofKey = (id: string) => id.startsWith(`k${key}-`);
      expect(seen.filter(ofKey)).toEqual(ids.filter(ofKey));
    }
    const error: unknown = await asker.ask(GROUP_QUESTIONS.get, 'none', ask('none')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'group_not_found', detail: 'there is no none', status: 404 } satisfies Partial<AppError>);
  }, 30_000);

  it('gives up on a question that nobody answers, and a server that comes later drops it', async () => {
    const lost = asker.ask(GROUP_QUESTIONS.get, 'k', ask('lost'), { timeoutMs: 100 });
    await expect(lost).rejects.toMatchObject({ code: 'timeout' });
    const seen: string[] = [];
    await serve((server) => {
      const get = (payload: GetGroup) => Promise.resolve(void seen.push(payload.groupId));
      server.addHandler(GROUP_QUESTIONS.get.name, get as never, false, { payload: GetGroup });
    });
    await asker.ask(GROUP_QUESTIONS.get, 'k', ask('found'), { timeoutMs: 15_000 });
    expect(seen).toEqual(['found']);
  }, 30_000);

  it('ends what it works on before it closes', async () => {
    const begun = deferred();
    const server = await serve((one) => {
      const get = async (): Promise<object> => {
        begun.resolve();
        await sleep(100);
        return { done: true };
      };
      one.addHandler(GROUP_QUESTIONS.get.name, get as never, false, { payload: GetGroup });
    });
    const answer = asker.ask(GROUP_QUESTIONS.get, 'k', ask('k'), { timeoutMs: 15_000 });
    await begun.promise;
    await server.close();
    expect(await answer).toEqual({ done: true });
  }, 30_000);

  it('moves an event that fails for ever to the dead letters, and goes on', async () => {
    const seen: number[] = [];
    const server = await serve((one) => {
      const heard = ({ n }: { n: number }) => (n === 2 ? Promise.reject(new Error('no')) : Promise.resolve(void seen.push(n)));
      one.addHandler(TOPIC.userChanged, heard as never, true, { mode: 'perKey' });
    });
    await asker.publish(
      TOPIC.userChanged,
      [1, 2, 3].map((n) => ({ key: 'alice', type: 'user.changed', payload: { n } })),
    );
    await server.subscription(TOPIC.userChanged).caughtUp();
    expect(seen).toEqual([1, 3]);
    const letters: ReceivedRecord[] = [];
    const topic = deadLetterTopic(TOPIC.userChanged, consumerGroup('group', TOPIC.userChanged));
    const reading = await askerLog!.subscribe(topic, { group: 'letters', maxRecords: 10, maxBytes: 1e6 }, ({ records }) =>
      Promise.resolve(void letters.push(...records)),
    );
    await waitFor(() => letters.length > 0, { withinMs: 15_000, what: 'the dead letter' });
    await reading.stop();
    expect(letters.map(({ value, headers }) => [value.toString(), headers[HEADER.reason]])).toEqual([['{"n":2}', 'no']]);
  }, 40_000);
});
