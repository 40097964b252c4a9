import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { MongoClient } from 'mongodb';
import { TcpLink } from '../link/tcp-link.js';
import { waitFor } from '../wait-for.js';
import { GuardedProcess } from './guarded-process.js';
import { startKafka } from './kafka/start-kafka.js';
import { startMongo } from './mongo/start-mongo.js';
import { startRedis } from './redis/start-redis.js';
import { runCommand } from './run-command.js';
import { answers } from './tcp.js';

const MINUTE = 60_000;

describe('servers on this machine', () => {
  let scratch: string;
  beforeEach(() => (scratch = mkdtempSync(join(tmpdir(), 'hecto-servers-spec-'))));
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  const sleeper = (ready: () => Promise<boolean>) =>
    new GuardedProcess({
      name: 'sleeper',
      command: 'sh',
      args: ['-c', 'echo said; exec sleep 600'],
      logFile: join(scratch, 'sleeper.log'),
      ready,
      readyWithinMs: 200,
    });

  it('reports the end of the log of a process that is not ready in time, and leaves nothing running', async () => {
    const process = sleeper(() => Promise.resolve(false));
    await expect(process.start()).rejects.toThrow(/Waited 200 ms for sleeper to be ready[^]*said/);
    expect(process.running).toBe(false);
  });

  it('says at once when a process ends before it is ready', async () => {
    const process = new GuardedProcess({
      ...sleeper(() => Promise.resolve(false)).spec,
      args: ['-c', 'echo broken; exit 3'],
      readyWithinMs: MINUTE,
    });
    await expect(process.start()).rejects.toThrow(/ended before it was ready[^]*broken/);
  });

  it('says so when the program does not exist', async () => {
    const process = new GuardedProcess({ ...sleeper(() => Promise.resolve(true)).spec, command: join(scratch, 'nothing') });
    await expect(process.start()).rejects.toThrow('sleeper could not be started');
  });

  it('kills a process that ignores its stop', async () => {
    const spec = { ...sleeper(() => Promise.resolve(true)).spec, stopWithinMs: 100 };
    const stubborn = new GuardedProcess({ ...spec, args: ['-c', 'trap "" TERM; echo said; while :; do sleep 1; done'] });
    await stubborn.start();
    await waitFor(() => stubborn.lastLines().includes('said'), { withinMs: 5000, what: 'the trap to be set' });
    await expect(stubborn.stop()).resolves.toMatchObject({ signal: 'SIGKILL', forced: true });
  });

  it('leaves neither process nor scratch folder behind when the parent is killed with SIGKILL', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const { pid, folder } = JSON.parse(line.toString()) as { pid: number; folder: string };
    expect(isAlive(pid) && existsSync(folder)).toBe(true);
    parent.kill('SIGKILL');
    await waitFor(() => !isAlive(pid) && !existsSync(folder), { withinMs: 10_000, what: 'the orphan and its folder to be gone' });
  });

  it('gives up a command that shows no sign of life', async () => {
    await expect(runCommand('sleep', ['60'], { idleMs: 300 })).rejects.toThrow('no progress for 0.3 s');
  });

  it(
    'keeps MongoDB data through kill -9, and on other ports after a start from the same folder',
    async () => {
      const first = await startMongo({ dataDir: scratch });
      await inCollection(first.url, (things) => things.insertOne({ name: 'kept' }, { writeConcern: { w: 'majority', journal: true } }));
      await first.members[0]!.kill('SIGKILL');
      await first.members[0]!.start();
      await expect(inCollection(first.url, (things) => things.countDocuments())).resolves.toBe(1);
      await first.stop();
      const second = await startMongo({ dataDir: scratch });
      expect(second.url).not.toBe(first.url);
      await expect(inCollection(second.url, (things) => things.countDocuments())).resolves.toBe(1);
      await second.stop();
    },
    MINUTE,
  );

  it(
    'replaces a killed primary in a replica set of three',
    async () => {
      const mongo = await startMongo({ members: 3 });
      try {
        await inCollection(mongo.url, async (things, client) => {
          const hello = await client.db('admin').command({ hello: 1 });
          const primary = mongo.members.find((member) => member.spec.args.includes(String(hello.primary).split(':')[1]!));
          await primary!.kill('SIGKILL');
          const insert = async () =>
            (await things.insertOne({ name: 'after the election' }, { writeConcern: { w: 'majority' } })).acknowledged;
          await waitFor(insert, { withinMs: 20_000, what: 'a write after the election' });
        });
      } finally {
        await mongo.stop();
      }
    },
    MINUTE,
  );

  it(
    'brings a killed Kafka back on its port with its log',
    async () => {
      const kafka = await startKafka();
      try {
        const port = Number(kafka.brokers.split(':')[1]);
        await kafka.process.kill('SIGKILL');
        expect(await answers(port)).toBe(false);
        await kafka.process.start();
        expect(await answers(port)).toBe(true);
      } finally {
        await kafka.stop();
      }
    },
    MINUTE,
  );

  it(
    'elects another primary when the others do not reach theirs, which reaches them',
    async () => {
      const peers = linked();
      const mongo = await startMongo({ members: 3, peers: peers.open });
      try {
        await inCollection(mongo.url, async (things, client) => {
          const primary = async () => String((await client.db('admin').command({ hello: 1 })).primary);
          const before = await primary();
          const link = peers.links.find(({ port }) => before.endsWith(`:${port}`));
          await link!.refuse();
          await waitFor(async () => (await primary()) !== before, { withinMs: 20_000, what: 'another primary' });
          await link!.heal();
          const insert = async () =>
            (await things.insertOne({ name: 'healed' }, { writeConcern: { w: 3, wtimeoutMS: 1000 } })).acknowledged;
          await waitFor(insert, { withinMs: 20_000, what: 'a write that all three have' });
        });
      } finally {
        await mongo.stop();
        await peers.close();
      }
    },
    MINUTE,
  );

  it(
    'takes no records while no broker reaches another, and takes them again when they do',
    async () => {
      const peers = linked();
      const kafka = await startKafka({ brokers: 3, peers: peers.open });
      const client = new Kafka({ brokers: kafka.brokers.split(','), logLevel: logLevel.NOTHING, retry: { retries: 0 } });
      const [admin, producer] = [client.admin({ retry: { retries: 3 } }), client.producer()];
      try {
        await Promise.all([admin.connect(), producer.connect()]);
        await admin.createTopics({ topics: [{ topic: 't', replicationFactor: 3 }], waitForLeaders: false });
        const append = async () => (await producer.send({ topic: 't', acks: -1, timeout: 1000, messages: [{ value: 'x' }] })).length === 1;
        await waitFor(append, { withinMs: 10_000, what: 'a first append' });
        await Promise.all(peers.links.map((link) => link.refuse()));
        await expect(append()).rejects.toThrow();
        await Promise.all(peers.links.map((link) => link.heal()));
        await waitFor(append, { withinMs: 30_000, what: 'an append after healing' });
      } finally {
        await Promise.all([admin.disconnect(), producer.disconnect()]);
        await kafka.stop();
        await peers.close();
      }
    },
    2 * MINUTE,
  );

  it(
    'takes records with one of three brokers killed, through doors that lead past a proxy',
    async () => {
      const { links, open, close } = linked();
      const kafka = await startKafka({ brokers: 3, doors: { clients: open } });
      const client = new Kafka({ brokers: kafka.doors.clients!.split(','), logLevel: logLevel.NOTHING });
      const [admin, producer] = [client.admin(), client.producer()];
      try {
        expect(kafka.doors.clients).toBe(links.map(({ port }) => `127.0.0.1:${port}`).join());
        await Promise.all([admin.connect(), producer.connect()]);
        await admin.createTopics({ topics: [{ topic: 't', replicationFactor: 3 }], waitForLeaders: false });
        const append = async () => (await producer.send({ topic: 't', acks: -1, messages: [{ value: 'x' }] })).length === 1;
        await waitFor(append, { withinMs: 10_000, what: 'a first append' });
        const { brokers } = await admin.describeCluster();
        expect(brokers.map(({ port }) => port)).toEqual(links.map(({ port }) => port));
        await kafka.members[1]!.kill('SIGKILL');
        await waitFor(append, { withinMs: 20_000, what: 'an append without the killed broker' });
        await kafka.members[1]!.start();
      } finally {
        await Promise.all([admin.disconnect(), producer.disconnect()]);
        await kafka.stop();
        await close();
      }
    },
    2 * MINUTE,
  );

  it('starts a Redis and stops it', async () => {
    const redis = await startRedis();
    const port = Number(new URL(redis.url).port);
    expect(await answers(port)).toBe(true);
    await redis.stop();
    expect(await answers(port)).toBe(false);
  });
});

/** Ways through proxies, made as they are asked for. */
function linked() {
  const links: TcpLink[] = [];
  const open = async (target: number) => {
    const link = await TcpLink.open({ target });
    links.push(link);
    return link.port;
  };
  return { links, open, close: () => Promise.all(links.map((link) => link.close())) };
}

/** A process that starts a guarded one with a scratch folder, as a test run does, and says what to look for. */
const PARENT = `
  import { mkdtempSync } from 'node:fs';
  import { GuardedProcess } from '#testing';
  const folder = mkdtempSync('/tmp/hecto-orphan-');
  const child = new GuardedProcess({ name: 'orphan', command: 'sleep', args: ['600'], logFile: folder + '/log',
    ready: async () => true, readyWithinMs: 1000, scratch: folder });
  await child.start();
  console.log(JSON.stringify({ pid: child.pid, folder }));
`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

type Things = ReturnType<ReturnType<MongoClient['db']>['collection']>;

async function inCollection<T>(url: string, work: (things: Things, client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 20_000, runtimeAdapters: { os } });
  try {
    return await work(client.db('servers_spec').collection('things'), client);
  } finally {
    await client.close();
  }
}
