import fc from 'fast-check';
import { ALL_FAULTS, chooseFaults } from '../faults/all-faults.js';
import { makePlan, renderPlan } from './plan.js';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('the plan of a run', () => {
  it('is the same for the same seed, in every choice', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const render = () => renderPlan(makePlan({ faults: ALL_FAULTS, seed, minutes: 10 }));
        expect(render()).toBe(render());
      }),
    );
  });

  it('is another one for another seed', () => {
    const plans = [1, 2, 3, 4, 5].map((seed) => renderPlan(makePlan({ faults: ALL_FAULTS, seed, minutes: 10 })));
    expect(new Set(plans).size).toBe(plans.length);
  });

  it('plays every kind before it plays one again', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 60 }), (seed, minutes) => {
        const names = makePlan({ faults: ALL_FAULTS, seed, minutes }).map(({ fault }) => fault);
        const round = names.slice(0, ALL_FAULTS.length);
        expect(new Set(round).size).toBe(round.length);
      }),
    );
  });

  it('covers all kinds, however short it is to be', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 10 }), (seed, minutes) => {
        const names = makePlan({ faults: ALL_FAULTS, seed, minutes }).map(({ fault }) => fault);
        expect(new Set(names).size).toBe(ALL_FAULTS.length);
      }),
    );
  });
});

describe('choosing faults', () => {
  it('has a name of its own for each', () => {
    expect(new Set(ALL_FAULTS.map(({ name }) => name)).size).toBe(ALL_FAULTS.length);
  });

  it('takes names in their order, and says what there is when one is unknown', () => {
    expect(chooseFaults('pause-kafka,kill-redis').map(({ name }) => name)).toEqual(['pause-kafka', 'kill-redis']);
    expect(() => chooseFaults('kill-everyone')).toThrow(/no fault kill-everyone; there are all, anywhere, kill-message,/);
  });

  it('leaves out what it is told to', () => {
    expect(chooseFaults('all,-kill-redis')).toEqual(chooseFaults('all').filter(({ name }) => name !== 'kill-redis'));
  });

  it('leaves out of `anywhere` what needs more members or the right to mount a disk', () => {
    const left = ALL_FAULTS.filter((fault) => !chooseFaults('anywhere').includes(fault)).map(({ name }) => name);
    expect(left).toEqual(['kill-primary', 'pause-primary', 'full-disk-mongo', 'full-disk-kafka', 'split-mongo', 'split-kafka']);
  });

  it('splits brokers, as one of `all`, when there are three', () => {
    const names = (brokers: 1 | 3) => chooseFaults('all', brokers).map(({ name }) => name);
    expect(names(1)).not.toContain('split-kafka');
    expect(names(3)).toEqual(ALL_FAULTS.map(({ name }) => name));
  });
});
