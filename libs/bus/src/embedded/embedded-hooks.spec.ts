import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '#kernel';
import { ANY_TRAIN, Collector, textRecord } from '../conformance/collector.suite.js';
import { EmbeddedLog } from './embedded-log.js';
import type { EmbeddedLogHooks } from './embedded-hooks.js';

const TOPIC = { name: 't', partitions: 2, timestamps: 'LogAppendTime', retentionMs: 60_000, maxRecordBytes: 10_000 } as const;
const WITHIN_MS = 2_000;

describe('an embedded log that is made to fail', () => {
  let log: EmbeddedLog;
  const open = async (hooks: EmbeddedLogHooks): Promise<void> => {
    log = await EmbeddedLog.inMemory({ hooks });
    await log.createTopics([TOPIC]);
  };
  afterEach(() => log.close());

  it('brings a handled train again when asked to repeat it', async () => {
    let repeats = 2;
    await open({ repeat: () => (repeats -= 1) >= 0 });
    const collector = new Collector();
    await log.append('t', [textRecord('k', 'x')]);
    await (await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, collector.onTrain)).caughtUp();
    expect(collector.texts).toEqual(['x', 'x', 'x']);
  });

  it('lets a zombie deliver beside the new owner, and refuses its commits', async () => {
    await open({ zombie: () => true });
    const [old, young, next] = [new Collector(), new Collector(), new Collector()];
    const zombie = await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, old.onTrain);
    const owner = await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, young.onTrain);
    expect([zombie.assigned(), owner.assigned()]).toEqual([[0, 1], [1]]);
    await log.append('t', [textRecord('k', 'both', { partition: 1 })]);
    await Promise.all([old.until(1, WITHIN_MS), young.until(1, WITHIN_MS)]);
    await owner.stop();
    await log.append('t', [textRecord('k', 'one', { partition: 1 })]);
    await zombie.stop();
    await (await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, next.onTrain)).caughtUp();
    expect(old.texts[0]).toBe('both');
    expect(next.texts).not.toContain('both');
  });

  it('lets no zombie handle what may be handled once at most', async () => {
    await open({ zombie: () => true });
    const [old, young] = [new Collector(), new Collector()];
    const options = { group: 'g', ...ANY_TRAIN, atMostOnce: () => true };
    const zombie = await log.subscribe('t', options, old.onTrain);
    await log.subscribe('t', options, young.onTrain);
    await log.append('t', [textRecord('k', 'zombie', { partition: 1 })]);
    await young.until(1, WITHIN_MS);
    await log.append('t', [textRecord('k', 'own', { partition: 0 })]);
    await old.until(1, WITHIN_MS);
    await zombie.stop();
    expect([old.texts, young.texts]).toEqual([['own'], ['zombie']]);
  });

  it('brings again what was handled before a kill that came before the commit', async () => {
    await open({ loseCommit: () => true });
    const [first, second] = [new Collector(), new Collector()];
    await log.append('t', [textRecord('k', 'x')]);
    const subscription = await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, first.onTrain);
    await first.until(1, WITHIN_MS);
    await subscription.stop();
    await (await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, second.onTrain)).caughtUp();
    expect([first.texts, second.texts]).toEqual([['x'], ['x']]);
  });

  it('hands a partition over only when the running train has ended, so that nothing is handled twice', async () => {
    await open({});
    const [first, second] = [new Collector(), new Collector()];
    const go = deferred();
    const begun = deferred();
    await log.append('t', [textRecord('k', 'x', { partition: 1 })]);
    await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, async (train) => {
      begun.resolve();
      await go.promise;
      await first.onTrain(train);
    });
    await begun.promise;
    const joined = log.subscribe('t', { group: 'g', ...ANY_TRAIN }, second.onTrain);
    await sleep(20);
    go.resolve();
    await (await joined).caughtUp();
    expect([first.texts, second.texts]).toEqual([['x'], []]);
  });

  it('refuses an append, or loses its answer, when asked to', async () => {
    const outcomes = ['refuse', 'loseAnswer', 'do'] as const;
    let call = 0;
    await open({ append: () => outcomes[call++] ?? 'do' });
    const appends = outcomes.map((text) => log.append('t', [textRecord('k', text, { partition: 0 })]));
    const settled = await Promise.allSettled(appends);
    expect(settled).toMatchObject([
      { reason: { code: 'unavailable' } },
      { reason: { code: 'unavailable' } },
      { value: [{ partition: 0, offset: 1 }] },
    ]);
    const collector = new Collector();
    await (await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, collector.onTrain)).caughtUp();
    expect(collector.texts).toEqual(['loseAnswer', 'do']);
  });

  it('delivers nothing more to a subscription of a process that was killed', async () => {
    await open({});
    const collector = new Collector();
    await log.subscribe('t', { group: 'g', ...ANY_TRAIN }, collector.onTrain);
    log = await log.crash();
    await log.append('t', [textRecord('k', 'x')]);
    await sleep(50);
    expect(collector.texts).toEqual([]);
  });
});
