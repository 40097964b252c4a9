import fc from 'fast-check';
import { problem } from '#contracts';
import { delayAfter } from './retry-schedule.js';

describe('the retries of an event', () => {
  it('grow from 50 ms, and end after the sixth failure', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempt) => delayAfter(attempt, new Error('bug')))).toEqual([50, 100, 200, 400, 800, undefined]);
  });

  it('never end, and never wait more than 5 s, while something is away', () => {
    const away = fc.constantFrom(problem('unavailable', 'mongodb is away'), problem('timeout', 'no answer'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), away, (attempt, error) => {
        const delay = delayAfter(attempt, error)!;
        expect(delay).toBeGreaterThanOrEqual(50);
        expect(delay).toBeLessThanOrEqual(5000);
      }),
    );
  });

  it('end for an error that says no', () => {
    expect(delayAfter(6, problem('forbidden', 'no'))).toBeUndefined();
  });
});
