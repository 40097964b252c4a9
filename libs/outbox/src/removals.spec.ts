import { Removals } from './removals.js';

describe('Removals', () => {
  it.each(Array.from({ length: 10 }, (_, ticks) => ticks))('removes what is added %i microtasks after a removal ended', async (ticks) => {
    const removed: string[] = [];
    let end: () => void = () => undefined;
    const removals = new Removals((ids) => {
      removed.push(...ids);
      return new Promise((resolve) => (end = resolve));
    });
    removals.add(['a']);
    end();
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
    removals.add(['b']);
    await new Promise(setImmediate);
    expect(removed).toEqual(['a', 'b']);
    end();
    await removals.idle();
    expect([removals.has('a'), removals.has('b')]).toEqual([false, false]);
  });
});
