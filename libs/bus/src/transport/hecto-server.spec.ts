import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { lastValueFrom } from 'rxjs';
import { deferred, newId, type AppError } from '#kernel';
import { consumerGroup, deadLetterTopic, GetGroup, GROUP_QUESTIONS, problem, rpcTopic, TOPIC, TOPICS } from '#contracts';
import { silentTelemetry } from '#observability';
import {
  BusClient,
  EmbeddedLog,
  HEADER,
  HectoClientProxy,
  HectoServer,
  type EmbeddedLogHooks,
  type HectoServerOptions,
  type ReceivedRecord,
} from '../index.js';
import type { RecordHandler } from './record-handler.js';

const RPC = rpcTopic('group');
const ask = (groupId: string) => ({ groupId, actorId: 'alice' }) as GetGroup;

describe('HectoServer', () => {
  let log: EmbeddedLog;
  let hooks: EmbeddedLogHooks;
  let bus: BusClient;
  const servers: HectoServer[] = [];
  const telemetry = silentTelemetry('group');

  const server = (instance = newId(), more: Partial<HectoServerOptions> = {}): HectoServer => {
    const one = new HectoServer({ log, bus, telemetry, service: 'group', instance, ...more });
    servers.push(one);
    return one;
  };
  const listening = (one: HectoServer): Promise<HectoServer> =>
    new Promise((resolve, reject) => one.listen((error) => (error === undefined ? resolve(one) : reject(error))));
  const answering = (handle: RecordHandler): Promise<HectoServer> => {
    const one = server();
    one.addHandler(GROUP_QUESTIONS.get.name, handle as never, false, { payload: GetGroup });
    return listening(one);
  };
  const consuming = (
    handle: RecordHandler,
    extras: object = { mode: 'perKey' },
    instance?: string,
    more: Partial<HectoServerOptions> = {},
  ): Promise<HectoServer> => {
    const one = server(instance, more);
    one.addHandler(TOPIC.userChanged, handle as never, true, extras);
    return listening(one);
  };
  const get = (key: string, timeoutMs = 2000) =>
    bus.ask(GROUP_QUESTIONS.get, key, ask(key), { timeoutMs }).catch((error: unknown) => error as AppError);
  const changed = (key: string, n: unknown) => ({ key, type: 'user.changed', payload: { n } as object });
  const deadLetters = async (topic: string): Promise<ReceivedRecord[]> => {
    const found: ReceivedRecord[] = [];
    const options = { group: newId(), maxRecords: 100, maxBytes: 1e6 };
    const subscription = await log.subscribe(topic, options, ({ records }) => Promise.resolve(void found.push(...records)));
    await subscription.caughtUp();
    await subscription.stop();
    return found;
  };

  beforeEach(async () => {
    hooks = {};
    log = await EmbeddedLog.inMemory({
      hooks: { append: (...args) => hooks.append?.(...args) ?? 'do', repeat: (...args) => hooks.repeat?.(...args) ?? false },
    });
    await log.createTopics(TOPICS);
    bus = await BusClient.start({ log, service: 'group', instance: newId(), telemetry });
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((one) => one.close()));
    await bus.close();
    await log.close();
  });

  describe('questions', () => {
    it('are worked on side by side, those of one key in order', async () => {
      const [running, order] = [new Set<string>(), [] as string[]];
      let most = 0;
      await answering(async (payload, { record }) => {
        expect(running.has(record.key)).toBe(false);
        running.add(record.key);
        most = Math.max(most, running.size);
        await sleep(2);
        order.push((payload as GetGroup).groupId);
        running.delete(record.key);
      });
      const asked = Array.from({ length: 30 }, (_, n) => ({ key: `k${n % 5}`, groupId: `k${n % 5}-${n}` }));
      await Promise.all(asked.map(({ key, groupId }) => bus.ask(GROUP_QUESTIONS.get, key, ask(groupId))));
      for (const key of ['k0', 'k1', 'k2', 'k3', 'k4']) {
        expect(order.filter((id) => id.startsWith(key))).toEqual(asked.filter((one) => one.key === key).map(({ groupId }) => groupId));
      }
      expect(most).toBe(5);
    });

    it('of other keys are answered while one is slow, also those that come later', async () => {
      const slow = deferred();
      await answering((_payload, { record }) => (record.key === 'slow' ? slow.promise : Promise.resolve({ ok: true })));
      const waiting = get('slow');
      expect(await get('quick')).toEqual({ ok: true });
      expect(await get('later')).toEqual({ ok: true });
      slow.resolve();
      expect(await waiting).toBeNull();
    });

    it('wait for what comes before each, and get its error for an answer', async () => {
      const order: string[] = [];
      let away = false;
      const beforeQuestion = async () => {
        await sleep(1);
        order.push('before');
        if (away) throw problem('unavailable', 'not now');
      };
      const one = server(newId(), { beforeQuestion });
      one.addHandler(GROUP_QUESTIONS.get.name, (() => order.push('handled')) as never, false, { payload: GetGroup });
      await listening(one);
      await get('a');
      away = true;
      expect(await get('b')).toMatchObject({ code: 'unavailable', retryable: true });
      expect(order).toEqual(['before', 'handled', 'before']);
    });

    it('are worked on 64 at a time, and the rest waits', async () => {
      const gate = deferred();
      let [running, most] = [0, 0];
      await answering(async () => {
        most = Math.max(most, ++running);
        await gate.promise;
        running -= 1;
        return {};
      });
      const answers = Promise.all(Array.from({ length: 100 }, (_, n) => get(`k${n}`)));
      while (running < 64) await sleep(1);
      await sleep(10);
      gate.resolve();
      expect(await answers).toEqual(Array.from({ length: 100 }, () => ({})));
      expect(most).toBe(64);
    });

    it('whose deadline has passed are dropped unseen', async () => {
      const first = deferred();
      const seen: string[] = [];
      await answering(async (payload) => {
        seen.push((payload as GetGroup).groupId);
        await first.promise;
      });
      const long = bus.ask(GROUP_QUESTIONS.get, 'k', ask('first'), { timeoutMs: 2000 });
      const short = bus.ask(GROUP_QUESTIONS.get, 'k', ask('second'), { timeoutMs: 20 });
      await expect(short).rejects.toMatchObject({ code: 'timeout' });
      first.resolve();
      await long;
      await bus.ask(GROUP_QUESTIONS.get, 'k', ask('third'));
      expect(seen).toEqual(['first', 'third']);
    });

    it('that change something are handled once, also when the log brings them again; others are repeated', async () => {
      const seen: string[] = [];
      const one = server();
      for (const { name, payload, once } of [GROUP_QUESTIONS.leave, GROUP_QUESTIONS.get]) {
        const handle = ({ groupId }: GetGroup) => Promise.resolve(void seen.push(`${name} ${groupId}`));
        one.addHandler(name, handle as never, false, { payload, once });
      }
      await listening(one);
      const repeated = new Set<number>();
      hooks.repeat = ({ records: [first] }, { topic }) =>
        topic === RPC && !repeated.has(first!.offset) && repeated.size < 2 && repeated.add(first!.offset).size > 0;
      for (const question of [GROUP_QUESTIONS.get, GROUP_QUESTIONS.leave]) {
        await bus.command(RPC, { key: 'team', type: question.name, payload: ask('team') });
        await one.subscription(RPC).caughtUp();
      }
      await bus.ask(GROUP_QUESTIONS.get, 'team', ask('behind'));
      expect(repeated).toEqual(new Set([0, 1]));
      expect(seen).toEqual(['group.get team', 'group.get team', 'group.leave team', 'group.get behind']);
    });

    it('that cannot be parsed go to the dead letters, and the asker hears of it', async () => {
      await answering(() => Promise.resolve({}));
      const broken = bus.command(RPC, { key: 'k', type: 'group.get', payload: Buffer.from([0x7b, 0xff]) });
      await expect(broken).rejects.toMatchObject({ code: 'malformed_json' });
      const [letter] = await deadLetters(deadLetterTopic(RPC, consumerGroup('group', RPC)));
      expect(letter?.value).toEqual(Buffer.from([0x7b, 0xff]));
      expect(letter?.headers[HEADER.origin]).toMatch(/^group\.rpc\.v1\/\d+\/0$/);
      expect(letter?.headers[HEADER.reason]).toBeTruthy();
    });

    it('that nobody here knows are answered so', async () => {
      await answering(() => Promise.resolve({}));
      const unknown = bus.command(RPC, { key: 'k', type: 'group.fly', payload: {} });
      await expect(unknown).rejects.toMatchObject({ code: 'not_found', detail: 'group does not know the question group.fly' });
    });

    it('in work are answered before the server has closed', async () => {
      const begun = deferred();
      let done = false;
      const one = await answering(async () => {
        begun.resolve();
        await sleep(20);
        done = true;
        return { done };
      });
      const answer = get('k');
      await begun.promise;
      await one.close();
      expect(done).toBe(true);
      expect(await answer).toEqual({ done: true });
    });

    it('of another service are refused at the start', async () => {
      const one = server();
      one.addHandler('user.get-account', (() => Promise.resolve()) as never, false, { payload: GetGroup });
      await expect(listening(one)).rejects.toThrow("group can't answer user.get-account");
    });

    it('can be asked the way of Nest', async () => {
      await answering((payload) =>
        (payload as GetGroup).groupId === 'none'
          ? Promise.reject(problem('group_not_found', 'no none'))
          : Promise.resolve({ name: 'team' }),
      );
      const client = new HectoClientProxy(bus);
      expect(await lastValueFrom(client.send(GROUP_QUESTIONS.get, { key: 'team', payload: ask('team') }))).toEqual({ name: 'team' });
      const failing = lastValueFrom(client.send(GROUP_QUESTIONS.get, { key: 'none', payload: ask('none') }));
      await expect(failing).rejects.toMatchObject({ code: 'group_not_found' });
    });
  });

  describe('events', () => {
    it('of one key are handled in order and those of all keys at least once, whatever fails and repeats', async () => {
      const event = fc.record({ key: fc.constantFrom('a', 'b', 'c'), failures: fc.nat(2) });
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 12 }), fc.nat(5), async (events, repeatAt) => {
          const run = newId();
          const handled: { key: string; n: number }[] = [];
          const failures = events.map((one) => one.failures);
          let trains = 0;
          hooks.repeat = (_train, { topic }) => topic === TOPIC.userChanged && trains++ === repeatAt;
          const one = await consuming(
            async (payload, { record }) => {
              const { n } = payload as { n: { run: string; at: number } };
              if (n.run !== run) return;
              await sleep(0);
              const left = failures[n.at]!;
              failures[n.at] = left - 1;
              if (left > 0) throw new Error('not yet');
              handled.push({ key: record.key, n: n.at });
            },
            undefined,
            undefined,
            { delayAfter: () => 1 },
          );
          await bus.publish(
            TOPIC.userChanged,
            events.map(({ key }, at) => changed(key, { run, at })),
          );
          await one.subscription(TOPIC.userChanged).caughtUp();
          await one.close();
          for (const key of ['a', 'b', 'c']) {
            const expected = events.flatMap((other, n) => (other.key === key ? [n] : []));
            const seen = handled.filter((other) => other.key === key).map(({ n }) => n);
            expect([...new Set(seen)]).toEqual(expected);
            expect(isReplayInOrder(seen)).toBe(true);
          }
        }),
        { numRuns: 12 },
      );
    });

    it('that fail again and again go to the dead letters with reason and origin, and those behind them are handled', async () => {
      const seen: number[] = [];
      let attempts = 0;
      const one = await consuming((payload) => {
        const { n } = payload as { n: number };
        if (n === 1) {
          attempts += 1;
          return Promise.reject(new Error('no such user'));
        }
        seen.push(n);
        return Promise.resolve();
      });
      await bus.publish(
        TOPIC.userChanged,
        [1, 2, 3].map((n) => changed('alice', n)),
      );
      await one.subscription(TOPIC.userChanged).caughtUp();
      expect([attempts, seen]).toEqual([6, [2, 3]]);
      const letters = await deadLetters(deadLetterTopic(TOPIC.userChanged, consumerGroup('group', TOPIC.userChanged)));
      expect(letters.map(({ key, value }) => [key, value.toString()])).toEqual([['alice', '{"n":1}']]);
      expect(letters[0]?.headers).toMatchObject({ type: 'user.changed', 'dead-letter-reason': 'no such user' });
      expect(letters[0]?.headers[HEADER.origin]).toMatch(/^user\.changed\.v1\/\d+\/0$/);
    });

    it('are tried for as long as what they need is away', async () => {
      let attempts = 0;
      const one = await consuming(() => (++attempts < 8 ? Promise.reject(problem('unavailable', 'mongodb is away')) : Promise.resolve()));
      await bus.publish(TOPIC.userChanged, [changed('alice', 1)]);
      for (const deadline = Date.now() + 4000; attempts < 4;) {
        expect(Date.now()).toBeLessThan(deadline);
        await sleep(10);
      }
      await one.close();
      expect(await deadLetters(deadLetterTopic(TOPIC.userChanged, consumerGroup('group', TOPIC.userChanged)))).toEqual([]);
      // Left to whoever comes next, as it was never handled.
      attempts = 8;
      await consuming(() => Promise.resolve(void (attempts += 1))).then((next) => next.subscription(TOPIC.userChanged).caughtUp());
      expect(attempts).toBe(9);
    });

    it('that cannot be parsed go to the dead letters at once', async () => {
      const one = await consuming(() => Promise.reject(new Error('must not be called')));
      await log.append(TOPIC.userChanged, [{ key: 'alice', value: Buffer.from('{"n":') }]);
      await one.subscription(TOPIC.userChanged).caughtUp();
      const letters = await deadLetters(deadLetterTopic(TOPIC.userChanged, consumerGroup('group', TOPIC.userChanged)));
      expect(letters.map(({ value }) => value.toString())).toEqual(['{"n":']);
    });

    it('can be published the way of Nest', async () => {
      const seen: unknown[] = [];
      const one = await consuming((payload) => Promise.resolve(void seen.push(payload)));
      const client = new HectoClientProxy(bus);
      await lastValueFrom(client.emit({ topic: TOPIC.userChanged, type: 'user.changed' }, { key: 'alice', payload: { n: 7 } }));
      await one.subscription(TOPIC.userChanged).caughtUp();
      expect(seen).toEqual([{ n: 7 }]);
    });
  });

  describe('broadcasts', () => {
    const collect = async (from: 'now' | 'beginning', instance?: string): Promise<{ seen: number[]; one: HectoServer }> => {
      const seen: number[] = [];
      const handle: RecordHandler = (payload) => Promise.resolve(void seen.push((payload as { n: number }).n));
      return { seen, one: await consuming(handle, { mode: 'broadcast', from }, instance) };
    };
    const caughtUp = (...ones: { one: HectoServer }[]) =>
      Promise.all(ones.map(({ one }) => one.subscription(TOPIC.userChanged).caughtUp()));

    it('reach every process, from the beginning or from now on', async () => {
      await bus.publish(TOPIC.userChanged, [changed('alice', 1)]);
      const [early, late] = [await collect('beginning'), await collect('now')];
      await bus.publish(TOPIC.userChanged, [changed('alice', 2)]);
      await caughtUp(early, late);
      expect([early.seen, late.seen]).toEqual([[1, 2], [2]]);
    });

    it('start anew with every process, also under an old instance name', async () => {
      await bus.publish(TOPIC.userChanged, [changed('alice', 1)]);
      const first = await collect('beginning', 'same');
      await caughtUp(first);
      await first.one.close();
      const second = await collect('beginning', 'same');
      await caughtUp(second);
      expect(second.seen).toEqual([1]);
      await second.one.close();
      await bus.publish(TOPIC.userChanged, [changed('alice', 2)]);
      const third = await collect('now', 'same');
      await bus.publish(TOPIC.userChanged, [changed('alice', 3)]);
      await caughtUp(third);
      expect(third.seen).toEqual([3]);
    });
  });

  it('refuses to consume one topic in two ways', async () => {
    const one = server();
    one.addHandler(TOPIC.userChanged, (() => Promise.resolve()) as never, true, { mode: 'perKey' });
    one.addTrainHandlers([{ topic: TOPIC.userChanged, maxRecords: 1, maxBytes: 1, onTrain: () => Promise.resolve() }]);
    await expect(listening(one)).rejects.toThrow('group consumes user.changed.v1 twice');
  });

  it('leaves nothing running when one of its subscriptions fails at the start', async () => {
    const one = server();
    const never = { topic: 'no.such.topic', maxRecords: 1, maxBytes: 1, onTrain: () => Promise.resolve() };
    one.addHandler(GROUP_QUESTIONS.get.name, (() => Promise.resolve({})) as never, false, { payload: GetGroup });
    one.addTrainHandlers([never]);
    await expect(listening(one)).rejects.toMatchObject({ code: 'unavailable' });
    await one.close();
    expect(one.subscriptions().flatMap((subscription) => subscription.assigned())).toEqual([]);
    await answering(() => Promise.resolve({ by: 'the next' }));
    expect(await get('k')).toEqual({ by: 'the next' });
  });

  it('knows only the subscriptions that it has', async () => {
    const one = await answering(() => Promise.resolve({}));
    expect(one.subscription(RPC).assigned()).toHaveLength(12);
    expect(() => one.subscription(TOPIC.send)).toThrow('group has no running subscription to message.send.v1');
  });
});

/** Whether the numbers ascend, but for going back as a whole when a train is repeated. */
function isReplayInOrder(seen: readonly number[]): boolean {
  return seen.every((n, at) => at === 0 || n > seen[at - 1]! || seen.indexOf(n) < at);
}
