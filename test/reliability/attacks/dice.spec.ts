import fc from 'fast-check';
import { Dice } from './dice.js';

describe('Dice', () => {
  it('rolls the same for the same seed', () => {
    const rolls = (seed: number) =>
      Array.from(
        { length: 50 },
        (
          (dice) => () =>
            dice.next()
        )(new Dice(seed)),
      );
    expect(rolls(7)).toEqual(rolls(7));
    expect(rolls(7)).not.toEqual(rolls(8));
  });

  it('stays below the limit, and comes to every number below it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, limit) => {
        const dice = new Dice(seed);
        const rolled = new Set(Array.from({ length: 1000 }, () => dice.below(limit)));
        expect([...rolled].sort((a, b) => a - b)).toEqual(Array.from({ length: limit }, (_, at) => at));
      }),
      { numRuns: 30 },
    );
  });
});
