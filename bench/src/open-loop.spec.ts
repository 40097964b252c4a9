import { openLoop } from './open-loop.js';

describe('open loop', () => {
  it('keeps to its schedule when a call holds it up', async () => {
    const intended: number[] = [];
    await openLoop(100, 0.5, (due, n) => {
      intended.push(due);
      if (n === 5) for (const until = performance.now() + 100; performance.now() < until;);
    });
    expect(intended).toHaveLength(50);
    const gaps = intended.slice(1).map((due, i) => due - (intended[i] ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(10, 5);
  });
});
