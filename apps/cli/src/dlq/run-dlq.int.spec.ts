import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusClient, EmbeddedLog, HEADER, recordBytes, type AppendRecord } from '#bus';
import { KafkaLog } from '#bus-kafka';
import { directConversation, MESSAGE_COMMAND, partitionKey, TOPIC, TOPICS, type SendAnswer, type UserId } from '#contracts';
import { silentTelemetry } from '#observability';
import { testDatabase, testServers, waitFor, type TestDatabase } from '#testing';
import { MESSAGE_COLLECTIONS } from '../../../message/src/store/message.collections.js';
import { createMessageTrain } from '../../../message/src/train/create-message-train.js';
import { runList, runReplay, runShow } from './run-dlq.js';

const LIMIT = TOPICS.find(({ name }) => name === TOPIC.send)!.maxRecordBytes;

// Users of this run alone: the topics are everybody's.
const alice = `alice-${randomUUID()}` as UserId;
const pair = directConversation(alice, 'bob' as UserId);
const command = (clientMsgId: string) => ({
  conversationId: pair,
  senderId: alice,
  clientMsgId,
  senderNickname: '',
  senderAvatar: '',
  type: 'text',
  content: '{}',
  createdAt: 1,
});
const record = (value: Buffer | object): AppendRecord => ({
  key: partitionKey(pair),
  value: Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)),
  headers: { [HEADER.type]: MESSAGE_COMMAND.send, 'x-mine': 'ä' },
});
const ofSize = (bytes: number) => record(Buffer.alloc(bytes - recordBytes(record(Buffer.alloc(0))), 'x'));

interface Listed {
  address: string;
  key: string;
  origin: string;
  bytes: number;
  reason: string;
  replayOf?: string;
}

describe('hecto dlq on Kafka', () => {
  const brokers = testServers().kafkaBrokers.split(',');
  const place = { brokers };
  let database: TestDatabase;
  let log: KafkaLog;
  let bus: BusClient;

  const said = async (run: (say: (line: string) => void) => Promise<void>) => {
    const lines: string[] = [];
    await run((line) => lines.push(line));
    return lines;
  };
  const listed = async () => {
    const lines = await said((say) => runList({ log: place, topic: TOPIC.send, format: 'json', say }));
    return lines.map((line) => JSON.parse(line) as Listed).filter(({ key }) => key === pair);
  };
  const letters = (count: number) => {
    const look = async () => {
      const found = await listed();
      return found.length >= count ? found : undefined;
    };
    return waitFor(look, { withinMs: 60_000, everyMs: 200, what: `${count} dead letters` });
  };
  const send = (id: string) =>
    bus.command<SendAnswer>(TOPIC.send, { key: pair, type: MESSAGE_COMMAND.send, payload: command(id) }, { timeoutMs: 20_000 });

  beforeAll(async () => {
    log = new KafkaLog({ brokers, clientId: 'test' });
    await log.createTopics(TOPICS);
    database = await testDatabase(MESSAGE_COLLECTIONS);
    const telemetry = silentTelemetry('message');
    bus = await BusClient.start({ log, service: 'test', instance: randomUUID(), telemetry });
    const { topic, onTrain, ...options } = createMessageTrain({ database, log, bus, telemetry, stopped: new Map() });
    await log.subscribe(topic, { group: randomUUID(), ...options }, (train) => onTrain(train));
  }, 60_000);
  afterAll(async () => {
    await bus.close();
    await log.close();
    await database.close();
  });

  it('lists what could not be handled, with the reason; what lies behind goes on', async () => {
    const tooLarge = log.append(TOPIC.send, [ofSize(LIMIT + 1)]);
    const places = await Promise.all(
      [record(Buffer.from([0xff, 0, 0x41])), record({ ...command('x'), senderId: '' }), ofSize(LIMIT)].map((each) =>
        log.append(TOPIC.send, [each]),
      ),
    );
    await expect(tooLarge).rejects.toMatchObject({ code: 'payload_too_large' });
    expect((await send('1')).seq).toBe(1);
    const found = await letters(3);
    expect(found.map(({ origin }) => origin)).toEqual(places.map(([at]) => `${TOPIC.send}/${at!.partition}/${at!.offset}`));
    expect(found.map(({ reason }) => reason)).toEqual([
      'the value is not UTF-8',
      expect.stringContaining('senderId must be'),
      expect.stringContaining('is not valid JSON'),
    ]);
    expect(found[2]!.bytes).toBeGreaterThan(LIMIT - 500);
    const text = (await said((say) => runList({ log: place, topic: undefined, format: 'text', say }))).join('\n');
    expect(text).toContain(`${found[0]!.address}  `);
    expect(text).toMatch(/dead letters; `hecto dlq show <place>` shows all of one\.$/);
  }, 120_000);

  it('shows all of one, in hex when it is no text', async () => {
    const [binary, invalid] = await letters(3);
    const show = async (address: string) => (await said((say) => runShow({ log: place, address, say }))).join('\n');
    expect(await show(binary!.address)).toMatch(
      /the value is not UTF-8\nheaders:\n(.*\n)*payload \(3 bytes that are no text\):\n000000 {2}ff 00 41 /,
    );
    const shown = await show(invalid!.address);
    expect(shown).toContain('  x-mine: ä\n');
    expect(shown).toContain('"clientMsgId": "x"');
    await expect(show('0:99999999')).rejects.toThrow('There is no dead letter message.send.v1/0:99999999');
  }, 120_000);

  it('replays one; what fails again is a new dead letter, which names it', async () => {
    const [, invalid, largest] = await letters(3);
    const replay = (address: string) => said((say) => runReplay({ log: place, address, topic: undefined, say }));
    const [confirmed] = await replay(invalid!.address);
    expect(confirmed).toMatch(
      /^message\.send\.v1\/\d+:\d+ → message\.send\.v1\/\d+\/\d+ \(message\.send, key si_alice-.*_bob, \d+ bytes\)$/,
    );
    expect(await replay(largest!.address)).toEqual([expect.stringContaining('without the header that names its dead letter')]);
    const found = await letters(5);
    expect(found[3]).toMatchObject({ replayOf: invalid!.address, reason: invalid!.reason });
    expect(found[4]).toMatchObject({ bytes: largest!.bytes, reason: largest!.reason });
  }, 120_000);

  it('replays what can be handled by now: it is stored', async () => {
    const buckets = database.db.collection<{ _id: string }>('msg');
    const bucket = await buckets.findOneAndDelete({ _id: `${pair}:0` });
    await expect(send('2')).rejects.toMatchObject({ code: 'internal' });
    const found = await letters(6);
    expect(found[5]!.reason).toContain('message buckets are missing');
    await buckets.insertOne(bucket!);
    const lines = await said((say) => runReplay({ log: place, address: undefined, topic: TOPIC.send, say }));
    // Of the five that fail again one has been replayed and has died since.
    expect(lines.at(-1)).toMatch(
      /^Appended \d+ records to message\.send\.v1; \d+ were passed over: a later letter is of the same record, or of its replay\.$/,
    );
    expect(lines.filter((line) => line.includes(pair))).toHaveLength(5);
    // Its sender repeats it in the meantime: whichever comes first, it is one message.
    expect((await send('2')).seq).toBe(2);
    expect((await buckets.findOne({ _id: `${pair}:0` })) as unknown).toMatchObject({
      msgs: [{ msg: { seq: 1 } }, { msg: { seq: 2, client_msg_id: '2' } }],
    });
  }, 120_000);
});

describe('hecto dlq on the data of a standalone server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hecto-dlq-'));
  const lines: string[] = [];
  const request = { log: { dataDir }, say: (line: string) => void lines.push(line) };
  afterAll(() => rmSync(dataDir, { recursive: true }));

  it('reads and replays while the server is stopped, and says so while it runs', async () => {
    const log = await EmbeddedLog.open({ location: join(dataDir, 'log') });
    await log.createTopics(TOPICS);
    await log.append('message.send.v1.message--message.send.v1.dlq', [record({ a: 1 })]);
    const list = () => runList({ ...request, topic: undefined, format: 'text' });
    await expect(list()).rejects.toThrow("can't be opened: stop the standalone server");
    await log.close();
    await list();
    expect(lines.at(-1)).toBe('1 dead letters; `hecto dlq show <place>` shows all of one.');
    await runReplay({ ...request, address: undefined, topic: undefined });
    expect(lines.at(-1)).toBe('Appended 1 records to message.send.v1.');
    const after = await EmbeddedLog.open({ location: join(dataDir, 'log') });
    expect((await after.ranges(TOPIC.send)).reduce((sum, { latest }) => sum + latest, 0)).toBe(1);
    await after.close();
  });
});
