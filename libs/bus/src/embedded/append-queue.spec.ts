import { AppendQueue } from './append-queue.js';
import type { LogStore, NewRecord } from './log-store.js';

describe('the queue of appends', () => {
  it('writes everything that waits in one write, and rejects with a failed write what came behind it', async () => {
    const writes: NewRecord[][] = [];
    let fail = false;
    const ranges = [{ earliest: 0, latest: 0 }];
    const store = {
      topic: () => ({ ranges }),
      append: async (records: NewRecord[]) => {
        writes.push(records);
        await new Promise(setImmediate);
        if (fail) throw new Error('the disk is full');
      },
    } as unknown as LogStore;
    const queue = new AppendQueue(store, { now: () => 1 }, () => undefined);
    const append = (text: string) => queue.append('t', [{ key: 'k', value: Buffer.from(text) }]);

    await Promise.all(['a', 'b', 'c'].map(append));
    expect(writes.map((records) => records.length)).toEqual([1, 2]);
    fail = true;
    const outcomes = await Promise.allSettled(['d', 'e'].map(append));
    expect(outcomes).toMatchObject([{ reason: { code: 'unavailable' } }, { reason: { code: 'unavailable' } }]);
    fail = false;
    expect(await append('f')).toEqual([{ partition: 0, offset: 3 }]);
  });
});
