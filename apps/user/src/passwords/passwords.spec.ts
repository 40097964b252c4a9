import { Passwords } from './passwords.js';

describe('Passwords', () => {
  const passwords = new Passwords();

  it('hashes with argon2id and another salt each time, and knows the password again', async () => {
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches(one, 'correct horse')).toBe(true);
    expect(await passwords.matches(one, 'Correct horse')).toBe(false);
  });

  it('turns away what would wait long, and works on what it took', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('correct horse')));
    const refused = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(outcomes.length - refused.length).toBe(32);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'unavailable', retryable: true });
    await expect(passwords.hash('correct horse')).resolves.toMatch(/argon2id/);
  });

  it('takes as long to refuse an account that does not exist as a wrong password', async () => {
    const known = await passwords.hash('correct horse');
    const timed = async (hash: string | undefined) => {
      const started = performance.now();
      expect(await passwords.matches(hash, 'wrong')).toBe(false);
      return performance.now() - started;
    };
    await timed(undefined);
    const best = { wrong: Infinity, unknown: Infinity };
    for (let i = 0; i < 5; i++) {
      best.wrong = Math.min(best.wrong, await timed(known));
      best.unknown = Math.min(best.unknown, await timed(undefined));
    }
    expect(best.unknown).toBeGreaterThan(best.wrong / 3);
  });
});
