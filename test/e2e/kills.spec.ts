import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startCluster,
  startServers,
  startStandalone,
  testServers,
  withDatabase,
  type Cluster,
  type Servers,
  type Standalone,
} from '#testing';
import { Api } from './support/api.js';
import { Chatter } from './support/chatter.js';
import { newName, person, type Person } from './support/people.js';
import type { Shape } from './support/shape.js';

const PAIRS = 15;
const PER_SECOND = 300;
const ENV = { HECTO_RATE_SEND: '1000/5000', HECTO_RATE_REQUEST: '1000/5000', HECTO_RATE_SOCKET: '1000/5000', HECTO_LOG_LEVEL: 'warn' };

/** People in pairs, who write to one another through different gateways while something happens. */
class Load {
  private readonly chatters: Chatter[] = [];
  private readonly people: Person[] = [];
  private sent = 0;

  constructor(
    private readonly shape: Shape,
    private readonly urls: () => readonly string[],
  ) {}

  async start(): Promise<void> {
    for (let i = 0; i < 2 * PAIRS; i++) {
      const someone = await person(this.shape);
      this.people.push(someone);
      const chatter = new Chatter(this.urls, someone.token, i);
      await chatter.start();
      this.chatters.push(chatter);
    }
  }

  /** Sends at a fixed rate until `during` has ended and a little longer. */
  async run(during: () => Promise<void>): Promise<void> {
    const ended = new AbortController();
    const event = sleep(1000)
      .then(during)
      .then(() => sleep(1000))
      .finally(() => {
        ended.abort();
      });
    const start = performance.now();
    while (!ended.signal.aborted) {
      await sleep(10);
      const due = ((performance.now() - start) * PER_SECOND) / 1000;
      while (this.sentInRun < due) this.sendNext();
    }
    this.sentInRun = 0;
    await event;
    await Promise.all(this.chatters.map((chatter) => chatter.settled(60_000)));
  }

  /** Everything answered is stored, once, at the seq of its answer, in the order it was sent; and nothing else is. */
  async check(): Promise<void> {
    for (const [i, someone] of this.people.entries()) {
      if (i % 2 === 1) continue;
      const [mine, theirs] = [this.chatters[i]!, this.chatters[i + 1]!];
      expect([...mine.refused, ...theirs.refused]).toEqual([]);
      const answered = [...mine.answered, ...theirs.answered];
      const stored = await this.history(someone, answered[0]!.conversationId);
      expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, n) => n + 1));
      const expected = answered.map(({ seq, clientMsgId }) => ({ seq, clientMsgId })).sort((a, b) => a.seq - b.seq);
      expect(stored).toEqual(expected);
      for (const chatter of [mine, theirs]) {
        const order = [...chatter.answered].sort((a, b) => a.seq - b.seq).map(({ clientMsgId }) => Number(clientMsgId.split('.')[1]));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }
    }
  }

  get answered(): number {
    return this.chatters.reduce((sum, { answered }) => sum + answered.length, 0);
  }

  get delivered(): number {
    return this.chatters.reduce((sum, { delivered }) => sum + delivered.size, 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.chatters.map((chatter) => chatter.stop()));
  }

  private sentInRun = 0;

  private sendNext(): void {
    const from = this.sent % this.chatters.length;
    const to = this.people[from ^ 1]!.userId;
    this.sent += 1;
    this.sentInRun += 1;
    this.chatters[from]!.send({ to: { userId: to } }, `m.${this.sent}`);
  }

  private async history(someone: Person, conversationId: string): Promise<{ seq: number; clientMsgId: string }[]> {
    const api = new Api(this.urls()[0]!, someone.token);
    const all: { seq: number; clientMsgId: string }[] = [];
    for (;;) {
      const { body } = await api.get(`/v1/conversations/${conversationId}/messages?afterSeq=${all.length}`);
      all.push(...(body.items as typeof all).map(({ seq, clientMsgId }) => ({ seq, clientMsgId })));
      if (body.complete === true) return all;
    }
  }
}

describe('killing processes under load, cluster', () => {
  let servers: Servers;
  let cluster: Cluster;
  let load: Load;
  const logDir = mkdtempSync(join(tmpdir(), 'hecto-kills-'));

  beforeAll(async () => {
    const { mongoUrl, redisUrl } = testServers();
    // A Kafka of its own: one log goes with one database.
    servers = await startServers({ given: { mongoUrl, redisUrl } });
    cluster = await startCluster({
      servers: servers.addresses,
      database: newName('kills'),
      logDir,
      counts: { message: 2, gateway: 2 },
      env: ENV,
    });
    load = new Load({ name: 'cluster', urls: cluster.urls, ...cluster.keys }, () => cluster.urls);
    await load.start();
  }, 120_000);

  afterAll(async () => {
    await load.stop();
    await cluster.stop();
    await servers.stop();
    rmSync(logDir, { recursive: true });
  }, 60_000);

  it('delivers through one gateway what was sent through the other', async () => {
    await load.run(() => sleep(1000));
    await load.check();
    expect(load.delivered).toBe(load.answered);
  }, 120_000);

  it.each([
    ['kill -9 of a message process', 'message-1', 'SIGKILL'],
    ['SIGTERM of a message process', 'message-2', 'SIGTERM'],
    ['kill -9 of a gateway', 'gateway-1', 'SIGKILL'],
    ['SIGTERM of a gateway', 'gateway-2', 'SIGTERM'],
  ] as const)(
    'loses and doubles nothing at a %s',
    async (_, name, signal) => {
      await load.run(async () => {
        await cluster.kill(name, signal);
        await sleep(2000);
        await cluster.restart(name);
      });
      await load.check();
    },
    180_000,
  );
});

describe('killing the process under load, standalone', () => {
  let standalone: Standalone;
  let load: Load;
  const dataDir = mkdtempSync(join(tmpdir(), 'hecto-kills-'));

  beforeAll(async () => {
    const mongoUrl = withDatabase(testServers().mongoUrl, newName('kills'));
    standalone = await startStandalone({ mongoUrl, dataDir, env: ENV });
    load = new Load({ name: 'standalone', urls: [standalone.url], ...standalone.keys }, () => [standalone.url]);
    await load.start();
  }, 120_000);

  afterAll(async () => {
    await load.stop();
    await standalone.stop();
    rmSync(dataDir, { recursive: true });
  }, 60_000);

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'loses and doubles nothing at %s',
    async (signal) => {
      await load.run(async () => {
        await standalone.process.kill(signal);
        await standalone.process.start();
      });
      await load.check();
    },
    180_000,
  );
});
