import { deferred, type Deferred } from '#kernel';
import { SharedRuns } from './shared-runs.js';

describe('SharedRuns', () => {
  const started: { key: string; end: Deferred<string> }[] = [];
  const runs = new SharedRuns((key) => {
    const end = deferred<string>();
    started.push({ key, end });
    return end.promise;
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  beforeEach(() => {
    started.length = 0;
  });

  it('lets all who ask during a run share the next one', async () => {
    const first = runs.join('a');
    const [second, third] = [runs.join('a'), runs.join('a')];
    expect(started).toHaveLength(1);
    started[0]!.end.resolve('one');
    expect(await first).toBe('one');
    await settled();
    expect(started).toHaveLength(2);
    started[1]!.end.resolve('two');
    expect(await Promise.all([second, third])).toEqual(['two', 'two']);
    await runs.idle();
  });

  it('runs different keys side by side', async () => {
    const both = [runs.join('a'), runs.join('b')];
    expect(started.map(({ key }) => key)).toEqual(['a', 'b']);
    for (const { key, end } of started) end.resolve(key);
    expect(await Promise.all(both)).toEqual(['a', 'b']);
  });

  it('begins the next run though the one before failed', async () => {
    const first = runs.join('a');
    const second = runs.join('a');
    started[0]!.end.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    started[1]!.end.resolve('fine');
    expect(await second).toBe('fine');
  });
});
