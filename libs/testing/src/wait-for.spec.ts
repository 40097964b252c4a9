import { waitFor } from './wait-for.js';

describe('waitFor', () => {
  it('resolves with the first truthy answer', async () => {
    const answers = [0, undefined, 'there'];
    await expect(waitFor(() => answers.shift(), { withinMs: 1000, everyMs: 1, what: 'an answer' })).resolves.toBe('there');
  });

  it('takes a look that throws for "not yet"', async () => {
    let looks = 0;
    const condition = () => {
      looks += 1;
      if (looks < 3) throw new Error('not ready');
      return looks;
    };
    await expect(waitFor(condition, { withinMs: 1000, everyMs: 1, what: 'it' })).resolves.toBe(3);
  });

  it('says at the deadline what it waited for and what it saw last', async () => {
    const waiting = waitFor(() => false, { withinMs: 5, everyMs: 1, what: 'the moon' });
    await expect(waiting).rejects.toThrow('Waited 5 ms for the moon; last seen: false');
  });

  it('says at the deadline what the last look threw', async () => {
    const waiting = waitFor(() => Promise.reject(new Error('no route')), { withinMs: 5, everyMs: 1, what: 'the moon' });
    await expect(waiting).rejects.toThrow('no route');
  });
});
