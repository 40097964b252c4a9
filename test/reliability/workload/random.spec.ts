import { Random } from './random.js';

describe('Random', () => {
  it('makes the same choices for the same seed, and others for another', () => {
    const choices = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.whole(0, 1000));
    };
    expect(choices(5)).toEqual(choices(5));
    expect(choices(5)).not.toEqual(choices(6));
  });

  it('chooses as often as the weights say', () => {
    const random = new Random(1);
    const items = [{ weight: 1 }, { weight: 0 }, { weight: 3 }];
    const counts = [0, 0, 0];
    for (let n = 0; n < 8000; n++) counts[items.indexOf(random.weighted(items))]! += 1;
    expect(counts[0]).toBeGreaterThan(1800);
    expect(counts[0]).toBeLessThan(2200);
    expect(counts[1]).toBe(0);
  });

  it('spreads whole numbers over the range, both ends included', () => {
    const random = new Random(3);
    expect(new Set(Array.from({ length: 300 }, () => random.whole(2, 5)))).toEqual(new Set([2, 3, 4, 5]));
  });

  it('takes some, each once', () => {
    const some = new Random(2).some([1, 2, 3, 4], 3);
    expect(new Set(some).size).toBe(3);
    expect(new Random(2).some([1, 2], 5).sort()).toEqual([1, 2]);
  });
});
