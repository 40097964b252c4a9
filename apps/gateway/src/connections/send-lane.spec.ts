import fc from 'fast-check';
import { deferred } from '#kernel';
import { problem } from '#contracts';
import { SendLane } from './send-lane.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const sendPlan = fc.record({
  preparesAt: fc.nat(5),
  preparing: fc.constantFrom('ok', 'wrong', 'away'),
  answering: fc.constantFrom('ok', 'refused', 'away'),
  answersAfter: fc.nat(5),
});

describe('SendLane', () => {
  it('submits in the order of the calls, and nothing that was behind a failed send when it failed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sendPlan, { maxLength: 20 }), async (plans) => {
        const lane = new SendLane();
        const submitted: number[] = [];
        /** The highest send that had been submitted when a retryable failure became known, per failed send. */
        const failures: { failed: number; submitted: number }[] = [];
        const wait = async (turns: number) => {
          for (let i = 0; i < turns; i += 1) await turn();
        };
        const fail = (index: number) => {
          failures.push({ failed: index, submitted: submitted.at(-1) ?? -1 });
          return problem('unavailable', `send ${index}`);
        };
        const outcomes = plans.map((plan, index) =>
          lane
            .run(
              async () => {
                await wait(plan.preparesAt);
                if (plan.preparing === 'wrong') throw problem('invalid_request', 'wrong');
                if (plan.preparing === 'away') throw fail(index);
                return index;
              },
              async (command) => {
                submitted.push(command);
                await wait(plan.answersAfter);
                if (plan.answering === 'refused') throw problem('not_a_member', 'no');
                if (plan.answering === 'away') throw fail(index);
                return command;
              },
            )
            .then(
              (answer) => ({ answer }),
              (error: unknown) => ({ code: (error as { code: string }).code }),
            ),
        );
        const settled = await Promise.all(outcomes);
        expect(submitted).toEqual([...submitted].sort((a, b) => a - b));
        // All sends were called before any of them failed: what was behind it and not submitted by then never is …
        for (const { failed, submitted: last } of failures) expect(submitted.filter((index) => index > Math.max(failed, last))).toEqual([]);
        settled.forEach((outcome, index) => {
          if ('answer' in outcome) expect(outcome.answer).toBe(index);
          // … and nothing is refused but what failed by itself or stood behind a failure.
          else if (outcome.code === 'unavailable') expect(failures.some(({ failed }) => failed <= index)).toBe(true);
          else expect(outcome.code).toBe(plans[index]!.preparing === 'wrong' ? 'invalid_request' : 'not_a_member');
        });
      }),
      { numRuns: 300 },
    );
  });

  it('prepares the next before the one before is submitted', async () => {
    const lane = new SendLane();
    const first = deferred<string>();
    const prepared: string[] = [];
    const submit = (command: string) => Promise.resolve(command);
    const one = lane.run(() => first.promise, submit);
    const two = lane.run(async () => {
      prepared.push('two');
      return await Promise.resolve('two');
    }, submit);
    expect(prepared).toEqual(['two']);
    first.resolve('one');
    expect(await Promise.all([one, two])).toEqual(['one', 'two']);
  });

  it('takes what is sent after the failure was known', async () => {
    const lane = new SendLane();
    const refuse = () => Promise.reject(problem('unavailable', 'away'));
    await expect(lane.run(() => Promise.resolve(1), refuse)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(
      lane.run(
        () => Promise.resolve(2),
        (command) => Promise.resolve(command),
      ),
    ).resolves.toBe(2);
  });

  it('lets what is behind a send go on that is wrong in itself', async () => {
    const lane = new SendLane();
    const wrong = lane.run(
      () => Promise.reject(problem('invalid_request', 'no')),
      () => Promise.resolve(0),
    );
    const next = lane.run(
      () => Promise.resolve(2),
      (command) => Promise.resolve(command),
    );
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(next).resolves.toBe(2);
  });
});
