import fc from 'fast-check';
import { SendLane } from './send-lane.js';

type Step = { do: 'add' } | { do: 'depart' } | { do: 'answer'; which: number } | { do: 'restart' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constant({ do: 'add' as const }),
  fc.constant({ do: 'depart' as const }),
  fc.record({ do: fc.constant('answer' as const), which: fc.nat(40) }),
  fc.constant({ do: 'restart' as const }),
);

describe('SendLane', () => {
  it('puts sends on each connection in the order in which they were added, from the first unanswered one on', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 300 }), (script) => {
        const lane = new SendLane<{ n: number }>();
        const unanswered: number[] = [];
        let added = 0;
        let wire: { n: number }[] = [];
        for (const step of script) {
          if (step.do === 'add') {
            unanswered.push(added);
            lane.add({ n: added++ });
          }
          if (step.do === 'depart') wire.push(...lane.depart());
          if (step.do === 'answer' && wire.length > 0) {
            const [send] = wire.splice(step.which % wire.length, 1);
            lane.answered(send!);
            unanswered.splice(unanswered.indexOf(send!.n), 1);
          }
          if (step.do === 'restart') {
            wire = [];
            lane.restart();
          }
          expect(wire.map(({ n }) => n)).toEqual(unanswered.slice(0, wire.length));
          expect(lane.size).toBe(unanswered.length);
        }
      }),
    );
  });

  it('has fewer in flight after each connection that ended before its answers, and more again with each answer', () => {
    const lane = new SendLane<{ n: number }>();
    for (let n = 0; n < 100; n++) lane.add({ n });
    const inFlight = [32, 16, 8, 4, 2, 1, 1].map(() => {
      const count = lane.depart().length;
      lane.restart();
      return count;
    });
    expect(inFlight).toEqual([32, 16, 8, 4, 2, 1, 1]);
    lane.answered(lane.depart()[0]!);
    expect(lane.depart()).toHaveLength(2);
  });

  it('keeps room below the number of requests that a socket may have unanswered', () => {
    const lane = new SendLane<{ n: number }>();
    for (let n = 0; n < 100; n++) lane.add({ n });
    const first = lane.depart();
    expect(first).toHaveLength(32);
    expect(lane.depart()).toEqual([]);
    lane.answered(first[7]!);
    expect(lane.depart()).toEqual([{ n: 32 }]);
  });
});
