import fc from 'fast-check';
import { newId, randomToken, systemClock } from '#kernel';
import { problem } from '#contracts';
import { silentTelemetry } from '#observability';
import { Database, syncStorage, type CollectionSpec } from '#storage';
import { waitFor } from '#testing';
import { MongoOutbox, outboxCollection, type OutboxEntry } from './index.js';
import { RecordingBus, textOf } from './recording-bus.suite.js';

interface Counter {
  _id: string;
  version: number;
}

const counters: CollectionSpec<Counter> = { name: 'counter', owner: 'group', version: 1, indexes: [] };
const collection = outboxCollection('group');

describe('MongoOutbox', () => {
  const database = new Database({ url: process.env['HECTO_MONGO_URL']!, name: `outbox_${randomToken(6)}`, appName: 'test' });
  const documents = database.collection(collection);
  let bus: RecordingBus;
  let outbox: MongoOutbox;

  const makeOutbox = (more: Partial<ConstructorParameters<typeof MongoOutbox>[0]> = {}) =>
    new MongoOutbox({ database, collection, bus, telemetry: silentTelemetry('group'), clock: systemClock, ...more });

  /** Raises the entity's version and adds entries of these kinds, in one transaction; resolves with the version. */
  const commit = (through: MongoOutbox, entity: string, kinds: ('event' | 'command')[]) =>
    database.transaction(async (session) => {
      const counter = await database
        .collection(counters)
        .findOneAndUpdate({ _id: entity }, { $inc: { version: 1 } }, { session, upsert: true, returnDocument: 'after' });
      const version = counter!.version;
      await through.add(
        session,
        kinds.map((kind, part) => entry({ entity, version, part, awaitsAnswer: kind === 'command' })),
      );
      return version;
    });

  const waiting = () => documents.countDocuments();
  const emptied = () => waitFor(async () => (await waiting()) === 0, { withinMs: 5000, what: 'the outbox to be empty' });

  beforeAll(() => syncStorage(database, [counters, collection]));
  beforeEach(async () => {
    await Promise.all([documents.deleteMany({}), database.collection(counters).deleteMany({})]);
    bus = new RecordingBus();
    outbox = makeOutbox();
  });
  afterEach(() => outbox.beforeApplicationShutdown());
  afterAll(async () => {
    await database.db.dropDatabase();
    await database.close();
  });

  it('appends what was committed, with the id, the key and the payload of each entry, and removes it', async () => {
    await commit(outbox, 'team', ['event', 'command']);
    await outbox.flush('team');
    expect(bus.records.map(({ topic, key, payload }) => ({ topic, key, payload }))).toEqual([
      { topic: 'events', key: 'team', payload: { version: 1, part: 0, $odd: { 'field.name': 1 } } },
      { topic: 'commands', key: 'team', payload: { version: 1, part: 1, $odd: { 'field.name': 1 } } },
    ]);
    expect(new Set(bus.records.map(({ id }) => id)).size).toBe(2);
    await emptied();
  });

  it('says nothing of a transaction that did not commit', async () => {
    const refused = database.transaction(async (session) => {
      await outbox.add(session, [entry({ entity: 'team', version: 1, part: 0, awaitsAnswer: false })]);
      throw new Error('changed my mind');
    });
    await expect(refused).rejects.toThrow('changed my mind');
    await outbox.flush('team');
    expect(bus.records).toEqual([]);
  });

  it('appends what another process left of an entity before what came later', async () => {
    await commit(makeOutbox(), 'team', ['command']);
    await commit(outbox, 'team', ['command']);
    await outbox.flush('team');
    expect(versions(bus)).toEqual([1, 2]);
  });

  it('takes versions for numbers and an entity for the whole of its name', async () => {
    await database.collection(counters).insertOne({ _id: 'team', version: 8 });
    for (let i = 0; i < 3; i++) await commit(outbox, 'team', ['event']);
    await commit(outbox, 'team|1', ['event']);
    await outbox.flush('team');
    expect(versions(bus)).toEqual([9, 10, 11]);
    expect(await waiting()).toBeGreaterThanOrEqual(1);
  });

  it('shares one append among the events of many who flush at once', async () => {
    const first = outbox.flush('team');
    for (let i = 0; i < 5; i++) await commit(outbox, 'team', ['event']);
    await first;
    await Promise.all(Array.from({ length: 5 }, () => outbox.flush('team')));
    expect(versions(bus)).toEqual([1, 2, 3, 4, 5]);
    expect(bus.appends).toBeLessThanOrEqual(2);
  });

  it('holds back later commands when one of unknown outcome may still be missing, and tells who flushes', async () => {
    await commit(outbox, 'team', ['command']);
    await commit(outbox, 'team', ['command']);
    bus.fate = () => 'is lost';
    await expect(outbox.flush('team')).rejects.toMatchObject({ code: 'unavailable' });
    bus.fate = () => 'lands';
    await outbox.flush('team');
    expect(versions(bus)).toEqual([1, 2]);
  });

  it('drops a command that is refused for good, tells who caused it, and goes on with the next', async () => {
    const first = await commit(outbox, 'team', ['command']);
    const second = await commit(outbox, 'team', ['command']);
    bus.fate = ([record]) => (textOf(record!.payload).includes('"version":1') ? problem('group_dismissed', 'team is gone') : 'lands');
    await expect(outbox.flush('team', first)).rejects.toMatchObject({ code: 'group_dismissed', detail: 'team is gone' });
    await expect(outbox.flush('team', second)).resolves.toBeUndefined();
    expect(versions(bus)).toEqual([2]);
    await emptied();
  });

  it('tells a refusal to the one who caused it also when someone else’s flush met it', async () => {
    const mine = await commit(outbox, 'team', ['command']);
    bus.fate = () => problem('group_dismissed', 'team is gone');
    await outbox.flush('team', mine + 1);
    await expect(outbox.flush('team', mine)).rejects.toMatchObject({ code: 'group_dismissed' });
  });

  it('drops only the oversize one of several events', async () => {
    for (let i = 0; i < 3; i++) await commit(outbox, 'team', ['event']);
    bus.fate = (records) =>
      records.some(({ payload }) => textOf(payload).includes('"version":2')) ? problem('payload_too_large', 'big') : 'lands';
    await expect(outbox.flush('team')).rejects.toMatchObject({ code: 'payload_too_large' });
    expect(versions(bus)).toEqual([1, 3]);
    await emptied();
  });

  it('sweeps up at its start what a killed process left, and later what stayed behind', async () => {
    await commit(makeOutbox(), 'team', ['command']);
    outbox = makeOutbox({ sweepEveryMs: 20, sweepAgeMs: 0 });
    outbox.onApplicationBootstrap();
    await emptied();
    await commit(outbox, 'crew', ['event']);
    await emptied();
    expect(bus.records.map(({ key }) => key)).toEqual(['team', 'crew']);
  });

  it('comes to every entity, however many entries before it can’t be relayed', async () => {
    const stuck = Array.from({ length: 1000 }, (_, part) => entry({ entity: 'stuck', version: 1, part, awaitsAnswer: false }));
    await database.transaction((session) => makeOutbox().add(session, stuck));
    await commit(makeOutbox(), 'team', ['event']);
    bus.fate = ([record]) => (record!.key === 'stuck' ? 'is lost' : 'lands');
    outbox = makeOutbox({ sweepEveryMs: 20, sweepAgeMs: -1000 });
    outbox.onApplicationBootstrap();
    await waitFor(() => bus.records.some(({ key }) => key === 'team'), { withinMs: 5000, what: 'the entry behind the stuck ones' });
    bus.fate = () => 'lands';
    await emptied();
  });

  it('keeps each entity’s order whatever commits, flushes, fails and is killed', async () => {
    const step = fc.record({
      entity: fc.constantFrom('a', 'b'),
      process: fc.constantFrom(0, 1),
      kinds: fc.array(fc.constantFrom('event' as const, 'command' as const), { minLength: 1, maxLength: 3 }),
      flushes: fc.boolean(),
    });
    const fates = fc.infiniteStream(fc.constantFrom('lands' as const, 'lands' as const, 'lands unheard' as const, 'is lost' as const));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fates, async (steps, fateOf) => {
        await Promise.all([documents.deleteMany({}), database.collection(counters).deleteMany({})]);
        bus = new RecordingBus();
        const fateIterator = fateOf[Symbol.iterator]();
        bus.fate = () => fateIterator.next().value as 'lands';
        const processes = [makeOutbox(), makeOutbox()];
        await Promise.all(
          steps.map(async ({ entity, process, kinds, flushes }) => {
            await commit(processes[process]!, entity, kinds);
            if (flushes) await processes[process]!.flush(entity).catch(() => undefined);
          }),
        );
        const survivor = makeOutbox({ sweepEveryMs: 5, sweepAgeMs: -1000 });
        survivor.onApplicationBootstrap();
        await emptied();
        await Promise.all([...processes, survivor].map((each) => each.beforeApplicationShutdown()));
        for (const lane of ['events', 'commands']) {
          for (const entity of ['a', 'b']) {
            const wanted = steps.filter((each) => each.entity === entity).flatMap(({ kinds }) => kinds);
            const seen = firstAppearances(bus, lane, entity);
            expect(seen).toEqual([...seen].sort((x, y) => x - y));
            expect(seen).toHaveLength(wanted.filter((kind) => `${kind}s` === lane).length);
          }
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

function entry({ entity, version, part, awaitsAnswer }: Pick<OutboxEntry, 'entity' | 'version' | 'part' | 'awaitsAnswer'>): OutboxEntry {
  const payload = { version, part, $odd: { 'field.name': 1 } };
  const topic = awaitsAnswer ? 'commands' : 'events';
  return { id: newId(), entity, version, part, topic, key: entity, type: 'changed', payload, awaitsAnswer };
}

function versions(bus: RecordingBus): number[] {
  return bus.records.map(({ payload }) => (payload as { version: number }).version);
}

function firstAppearances(bus: RecordingBus, topic: string, key: string): number[] {
  const seen = new Map<string, number>();
  for (const { id, payload, ...record } of bus.records) {
    const { version, part } = payload as { version: number; part: number };
    if (record.topic === topic && record.key === key && !seen.has(id)) seen.set(id, version * 10 + part);
  }
  return [...seen.values()];
}
