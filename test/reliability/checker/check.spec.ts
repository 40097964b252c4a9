import fc from 'fast-check';
import { check } from './check.js';
import { renderReport } from './print-report.js';
import { CORRUPTIONS } from './testing/corruptions.suite.js';
import { stateOf } from './testing/documents.suite.js';
import { Random } from './testing/random.suite.js';
import { simulate } from './testing/simulated-run.suite.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('the history checker', () => {
  it('finds nothing in the runs of a server that keeps every promise', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { lines, documents } = simulate(seed);
        const report = await check(lines, stateOf(documents));
        expect(report.violations.length === 0 ? '' : renderReport(report)).toBe('');
      }),
      { numRuns: 150 },
    );
  });
});

describe('a spoilt run', () => {
  it.each(CORRUPTIONS.map((corruption) => [corruption.name, corruption] as const))('is found: %s', async (_name, { spoil, breaks }) => {
    let spoilt = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const run = simulate(seed);
        if (!spoil(run, new Random(seed))) return;
        spoilt += 1;
        const report = await check(run.lines, stateOf(run.documents));
        expect(breaks.filter((promise) => report.totals.has(promise))).not.toEqual([]);
      }),
      { numRuns: 25 },
    );
    expect(spoilt).toBeGreaterThan(0);
  });
});
