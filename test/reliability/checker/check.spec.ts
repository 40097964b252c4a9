import fc from 'fast-check';
import { check } from './check.js';
import { renderReport } from './print-report.js';
import { PROMISES } from './promises.js';
import { CORRUPTIONS } from './testing/corruptions.suite.js';
import type { Corruption } from './testing/corruptions/corruption.suite.js';
import { stateOf } from './testing/documents.suite.js';
import { Random } from './testing/random.suite.js';
import { simulate, type SimulatedRun } from './testing/simulated-run.suite.js';

/** The simulated devices have all their pushes before it is quiet. */
const AT_ONCE = { pushWithinMs: 0 };

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('the history checker', () => {
  it('finds nothing in the runs of a server that keeps every promise', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { lines, documents } = simulate(seed);
        const report = await check(lines, stateOf(documents), AT_ONCE);
        expect(report.violations.length === 0 ? '' : renderReport(report)).toBe('');
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('holds no cursor from before MongoDB was restored against what is stored after it', async () => {
    const setBack = CORRUPTIONS.find(({ name }) => name === 'a stored cursor set back')!;
    const { lines, documents } = spoiltRun(1, setBack.spoil);
    const broken = async () => [...(await check(lines, stateOf(documents), AT_ONCE)).totals.keys()];
    expect(await broken()).toContain('cursors-forward');
    lines.push({ kind: 'mark', at: lines.at(-1)!.at, what: 'restored' });
    expect(await broken()).not.toContain('cursors-forward');
  });

  it('asks of conversations that others wrote to only what holds of every stored one', async () => {
    const { documents } = simulate(1);
    const stored = stateOf(documents);
    const foreign = new Set<string>();
    for await (const { seq } of stored.conversations()) foreign.add(seq._id);
    expect([...(await check([], stored, AT_ONCE)).totals.keys()]).toContain('nothing-invented');
    expect([...(await check([], stored, { ...AT_ONCE, foreign })).totals.keys()]).toEqual([]);
  });
});

/** The first run from this seed on that can be spoilt so. */
function spoiltRun(from: number, spoil: Corruption): SimulatedRun {
  for (let seed = from; seed < from + 300; seed += 1) {
    const run = simulate(seed);
    if (spoil(run, new Random(seed))) return run;
  }
  throw new Error(`none of 300 runs from seed ${from} on could be spoilt`);
}

describe('a spoilt run', () => {
  it.each(CORRUPTIONS.map((corruption) => [corruption.name, corruption] as const))('is found: %s', async (_name, { spoil, breaks }) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const run = spoiltRun(seed, spoil);
        const report = await check(run.lines, stateOf(run.documents), AT_ONCE);
        expect([...report.totals.keys()]).toEqual(expect.arrayContaining(breaks));
        expect(renderReport(report)).toContain(`${breaks[0]}: `);
      }),
      { numRuns: 20 },
    );
  });

  it('breaks every promise, each by at least one corruption', () => {
    expect(new Set(CORRUPTIONS.flatMap(({ breaks }) => breaks))).toEqual(new Set(Object.keys(PROMISES)));
  });
});
