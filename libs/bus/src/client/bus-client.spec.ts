import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { AppError, deferred, newId } from '#kernel';
import { ERRORS, type GetGroup, GROUP_QUESTIONS, problem, rpcTopic, TOPIC, TOPICS, type ErrorCode } from '#contracts';
import { currentContext, newContext, runInContext, silentTelemetry, traceIdOf } from '#observability';
import { EmbeddedLog, type EmbeddedLogHooks, type Position, type ReceivedRecord } from '../index.js';
import { BusClient } from './bus-client.js';
import { HEADER } from './envelope.js';
import { contextOf, replyAddressOf } from './record-facts.js';

const RPC = rpcTopic('group');
const factsOf = ({ code, detail, title, status, retryable, retryAfterMs, errors }: AppError) => [
  [code, detail, title, status, retryable],
  [retryAfterMs, errors],
];
const ask = (groupId: string) => ({ groupId, actorId: 'alice' }) as GetGroup;

describe('BusClient', () => {
  let log: EmbeddedLog;
  let hooks: EmbeddedLogHooks;
  const clients: BusClient[] = [];

  const client = async (instance = newId()): Promise<BusClient> => {
    const bus = await BusClient.start({ log, service: 'gateway', instance, telemetry: silentTelemetry('gateway') });
    clients.push(bus);
    return bus;
  };

  /** Hands every record of a topic to `take`, in order. */
  const serve = (topic: string, take: (record: ReceivedRecord) => Promise<void> | void) =>
    log.subscribe(topic, { group: 'server', maxRecords: 100, maxBytes: 1e6 }, async ({ records }) => {
      for (const record of records) await take(record);
    });

  beforeEach(async () => {
    hooks = {};
    log = await EmbeddedLog.inMemory({
      hooks: { append: (...args) => hooks.append?.(...args) ?? 'do', repeat: (...args) => hooks.repeat?.(...args) ?? false },
    });
    await log.createTopics(TOPICS);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((bus) => bus.close()));
    await log.close();
  });

  it('brings back the answer to each of many questions', async () => {
    const [bus, server] = [await client(), await client()];
    await serve(RPC, (record) => server.answer([{ to: replyAddressOf(record)!, value: { echo: record.key } }]));
    const keys = Array.from({ length: 100 }, (_, n) => `group-${n % 10}-${n}`);
    const answers = await Promise.all(keys.map((key) => bus.ask(GROUP_QUESTIONS.get, key, ask(key))));
    expect(answers).toEqual(keys.map((echo) => ({ echo })));
  });

  it('brings back every error as it was thrown', async () => {
    const [bus, server] = [await client(), await client()];
    const errors = new Map<string, AppError>();
    await serve(RPC, (record) => server.answer([{ to: replyAddressOf(record)!, error: errors.get(record.key)! }]));
    const fieldError = fc.record({ pointer: fc.string(), code: fc.string(), detail: fc.string(), limit: fc.nat() });
    const extras = fc.record({
      retryAfterMs: fc.option(fc.nat(), { nil: undefined }),
      errors: fc.option(fc.array(fieldError), { nil: undefined }),
    });
    const code = fc.constantFrom(...(Object.keys(ERRORS) as ErrorCode[]));
    await fc.assert(
      fc.asyncProperty(code, fc.string(), extras, async (thrownCode, detail, more) => {
        const key = newId();
        const thrown = problem(thrownCode, detail, more);
        errors.set(key, thrown);
        const caught = await bus.ask(GROUP_QUESTIONS.get, key, ask(key)).catch((error: unknown) => error);
        expect(caught).toBeInstanceOf(AppError);
        expect(factsOf(caught as AppError)).toEqual(factsOf(thrown));
      }),
      { numRuns: 60 },
    );
  });

  it('says what was not answered in time, and drops the answer that comes later', async () => {
    const [bus, server] = [await client(), await client()];
    const late: ReceivedRecord[] = [];
    await serve(RPC, (record) => void late.push(record));
    const error: unknown = await bus.ask(GROUP_QUESTIONS.get, 'team', ask('team'), { timeoutMs: 40 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'timeout', detail: 'group.get of team was not answered within 40 ms', retryable: true });
    await server.answer([{ to: replyAddressOf(late[0]!)!, value: {} }]);
    const answered = bus.command(TOPIC.send, { key: 'x', type: 't', payload: {} }, { timeoutMs: 30 });
    await expect(answered).rejects.toMatchObject({ code: 'timeout' });
  });

  it('refuses at once what comes on top of as many as it can wait for, until their answers and their appends have come', async () => {
    const bus = await client();
    const appends = deferred<Position[]>();
    const append = jest.spyOn(log, 'append').mockReturnValue(appends.promise);
    const send = (timeoutMs: number) =>
      bus.command(TOPIC.send, { key: 'x', type: 't', payload: {} }, { timeoutMs }).catch((error: unknown) => error as AppError);
    const many = Array.from({ length: 4096 }, () => send(50));
    expect(await send(50)).toMatchObject({ code: 'unavailable', retryable: true, retryAfterMs: 1000 });
    expect(append).toHaveBeenCalledTimes(4096);
    expect(new Set((await Promise.all(many)).map((error) => (error as AppError).code))).toEqual(new Set(['timeout']));
    expect(await send(50)).toMatchObject({ code: 'unavailable' });
    appends.resolve([]);
    await setImmediate();
    expect(await send(20)).toMatchObject({ code: 'timeout' });
  });

  it('answers or fails every question, whatever the log refuses, loses or repeats', async () => {
    const [bus, server] = [await client(), await client()];
    await serve(RPC, (record) => server.answer([{ to: replyAddressOf(record)!, value: { echo: record.key } }]).catch(() => undefined));
    const fate = fc.constantFrom('do', 'refuse', 'loseAnswer');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { minLength: 8, maxLength: 16 }), fc.nat(7), async (fates, repeatAt) => {
        let [appends, trains] = [0, 0];
        hooks.append = () => fates[appends++ % fates.length] as 'do' | 'refuse' | 'loseAnswer';
        hooks.repeat = () => trains++ === repeatAt;
        const keys = fates.map(() => newId());
        const outcomes = await Promise.allSettled(keys.map((key) => bus.ask(GROUP_QUESTIONS.get, key, ask(key), { timeoutMs: 60 })));
        outcomes.forEach((outcome, n) => {
          if (outcome.status === 'fulfilled') expect(outcome.value).toEqual({ echo: keys[n] });
          else expect(['timeout', 'unavailable']).toContain((outcome.reason as AppError).code);
        });
      }),
      { numRuns: 15 },
    );
  });

  it('appends the commands of one key in the order of the calls', async () => {
    const bus = await client();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 30 }), async (keys) => {
        const run = newId();
        const seen: { key: string; n: number }[] = [];
        const subscription = await log.subscribe(TOPIC.send, { group: run, maxRecords: 7, maxBytes: 1e6 }, ({ records }) => {
          for (const { key, value } of records) {
            const payload = JSON.parse(value.toString()) as { run: string; n: number };
            if (payload.run === run) seen.push({ key, n: payload.n });
          }
          return Promise.resolve();
        });
        const sent = keys.map((key, n) => bus.command(TOPIC.send, { key, type: 't', payload: { run, n } }, { timeoutMs: 1 }));
        await Promise.allSettled(sent);
        await subscription.caughtUp();
        await subscription.stop();
        for (const key of ['a', 'b', 'c']) {
          const expected = keys.flatMap((other, n) => (other === key ? [n] : []));
          expect(seen.filter((one) => one.key === key).map(({ n }) => n)).toEqual(expected);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('never takes an answer that is another process’s, though it listens to the same partition', async () => {
    const server = await client();
    await serve(RPC, (record) => server.answer([{ to: replyAddressOf(record)!, value: { asker: record.headers[HEADER.producer] } }]));
    // More processes than partitions of reply.v1: some share one.
    const many = await Promise.all(Array.from({ length: 40 }, () => client()));
    const answers = await Promise.all(many.map((bus) => bus.ask(GROUP_QUESTIONS.get, 'team', ask('team'))));
    expect(answers).toEqual(many.map(({ processName }) => ({ asker: processName })));
  });

  it('drops an answer that is addressed to another process, even if its correlation id were the same', async () => {
    const [bus, server] = [await client('mine'), await client()];
    await serve(RPC, async (record) => {
      const { replyTo, correlationId } = replyAddressOf(record)!;
      await server.answer([
        { to: { correlationId, replyTo: replyTo.replace('gateway-mine', 'gateway-other') }, value: { whose: 'other' } },
      ]);
      await server.answer([{ to: { correlationId, replyTo }, value: { whose: 'mine' } }]);
    });
    expect(await bus.ask(GROUP_QUESTIONS.get, 'team', ask('team'))).toEqual({ whose: 'mine' });
  });

  it('hands request id and trace on to the next hop, with a span of its own', async () => {
    const [bus, server] = [await client(), await client()];
    await serve(RPC, (record) =>
      runInContext(contextOf(record), () => server.answer([{ to: replyAddressOf(record)!, value: { ...currentContext() } }])),
    );
    const here = newContext({ requestId: 'request-1' });
    const there = await runInContext(here, () => bus.ask(GROUP_QUESTIONS.get, 'team', ask('team')));
    expect(there).toMatchObject({ requestId: 'request-1' });
    const { traceparent } = there as unknown as { traceparent: string };
    expect(traceIdOf(traceparent)).toBe(traceIdOf(here.traceparent));
    expect(traceparent).not.toBe(here.traceparent);
  });

  it('says in the headers who asks what, until when, and where the answer goes', async () => {
    const bus = await client('one');
    const seen: ReceivedRecord[] = [];
    await serve(RPC, (record) => void seen.push(record));
    const before = Date.now();
    await bus.ask(GROUP_QUESTIONS.get, 'team', ask('team'), { timeoutMs: 50 }).catch(() => undefined);
    const { key, value, headers } = seen[0]!;
    expect([key, JSON.parse(value.toString())]).toEqual(['team', { groupId: 'team', actorId: 'alice' }]);
    expect(headers).toMatchObject({
      type: 'group.get',
      producer: 'gateway-one',
      'reply-to': expect.stringMatching(/^\d+\/gateway-one$/) as string,
    });
    expect(Number(headers[HEADER.deadline]) - before).toBeGreaterThanOrEqual(50);
    expect(Object.keys(headers).sort()).toEqual(
      ['id', 'type', 'producer', 'traceparent', 'request-id', 'reply-to', 'correlation-id', 'deadline'].sort(),
    );
  });

  it('gives an answer the request id of its question, also when it answers those of many at once', async () => {
    const [bus, server] = [await client('asker'), await client()];
    const questions: ReceivedRecord[] = [];
    const answers: ReceivedRecord[] = [];
    await serve(RPC, async (record) => {
      if (questions.push(record) < 3) return;
      await server.answer(questions.map((question) => ({ to: replyAddressOf(question)!, value: {} })));
    });
    const replies = await serve(TOPIC.reply, (record) => void answers.push(record));
    const contexts = ['one', 'two', 'three'].map((requestId) => newContext({ requestId }));
    await Promise.all(contexts.map((context) => runInContext(context, () => bus.ask(GROUP_QUESTIONS.get, 'team', ask('team')))));
    await replies.caughtUp();
    const requestOf = (records: ReceivedRecord[]) =>
      new Map(records.map(({ headers }) => [headers[HEADER.correlationId], headers[HEADER.requestId]]));
    expect(requestOf(answers)).toEqual(requestOf(questions));
    expect([...requestOf(answers).values()].sort()).toEqual(['one', 'three', 'two']);
  });

  it('appends bytes as they are', async () => {
    const bus = await client();
    const seen: Buffer[] = [];
    const stored = await serve(TOPIC.stored, ({ value }) => void seen.push(value));
    await bus.publish(TOPIC.stored, [{ key: 'c', type: 't', payload: Buffer.from([1, 2, 255]), partition: 3 }]);
    await stored.caughtUp();
    expect(seen).toEqual([Buffer.from([1, 2, 255])]);
  });

  it('fails what still waits when it closes', async () => {
    const bus = await client();
    const waiting = bus.ask(GROUP_QUESTIONS.get, 'team', ask('team'));
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'unavailable' }), sleep(5).then(() => bus.close())]);
  });

  it('asks nobody to wait for an append that was refused', async () => {
    const bus = await client();
    hooks.append = () => 'refuse';
    await expect(bus.ask(GROUP_QUESTIONS.get, 'team', ask('team'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
