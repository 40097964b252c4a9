import { slopeOf } from './slope.js';

const xs = Array.from({ length: 40 }, (_, x) => x);

describe('the slope of a line through points', () => {
  it('is that of the line they lie on, without a spread', () => {
    const { slope, spread } = slopeOf(xs.map((x) => ({ x, y: 7 - 3 * x })));
    expect(slope).toBeCloseTo(-3, 10);
    expect(spread).toBeCloseTo(0, 10);
  });

  it('has a spread that holds the true one, the narrower the less the points scatter', () => {
    const scattered = (by: number) => slopeOf(xs.map((x) => ({ x, y: 2 * x + (x % 2 === 0 ? by : -by) })));
    const [wide, narrow] = [scattered(10), scattered(1)];
    for (const { slope, spread } of [wide, narrow]) expect(Math.abs(slope - 2)).toBeLessThan(spread);
    expect(narrow.spread).toBeLessThan(wide.spread / 5);
  });
});
