import { MemoryLevel } from 'memory-level';
import { ANY_TRAIN } from '../conformance/collector.suite.js';
import { TrainBudget } from '../log/train-budget.js';
import { LogStore } from './log-store.js';
import { encodeRecord } from './record-codec.js';
import { sweep } from './retention-timer.js';

describe('the retention of the embedded log', () => {
  const level = new MemoryLevel<string, Buffer>({ keyEncoding: 'utf8', valueEncoding: 'buffer' });
  const open = async (): Promise<LogStore> => {
    const store = new LogStore(level);
    await store.open();
    return store;
  };

  it('deletes what is older than its topic keeps, and remembers where the partition ends even when nothing is left', async () => {
    const store = await open();
    await store.createTopic({ name: 't', partitions: 2, timestamps: 'CreateTime', retentionMs: 1_000, maxRecordBytes: 1_000 });
    const records = Array.from({ length: 1_200 }, (_, i) => ({
      topic: 't',
      partition: 0,
      offset: i,
      bytes: encodeRecord({ key: 'k', value: Buffer.from(String(i)) }, i),
    }));
    await store.append(records);
    store.topic('t')!.ranges[0]!.latest = 1_200;

    await sweep(store, 1_000);
    expect(store.topic('t')?.ranges).toEqual([
      { earliest: 0, latest: 1_200 },
      { earliest: 0, latest: 0 },
    ]);
    await sweep(store, 2_100);
    expect(store.topic('t')?.ranges[0]).toEqual({ earliest: 1_100, latest: 1_200 });
    const { records: left } = await store.read('t', 0, 0, new TrainBudget(ANY_TRAIN));
    expect([left.length, left[0]?.offset]).toEqual([100, 1_100]);

    await sweep(store, 9_000);
    expect((await open()).topic('t')?.ranges[0]).toEqual({ earliest: 1_200, latest: 1_200 });
  });
});
